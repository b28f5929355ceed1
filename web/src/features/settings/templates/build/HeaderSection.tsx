import { Link } from '@tanstack/react-router'
import { Paperclip } from 'lucide-react'
import { problemWords } from '@/api/problem'
import { chooseFile } from '@/features/composer/files/attach'
import { type Picked, pick } from '@/features/composer/files/picked'
import { takeBack, uploads, useUpload } from '@/features/composer/files/uploads'
import { m } from '@/i18n/admin'
import { Button, FormSection, Note, Select, TextField } from '@/ui'
import { Count } from './BodyField'
import styles from './Build.module.css'
import type { HeaderKind, TemplateForm } from './draft'
import { withVariable } from './variables'

interface Props {
  form: TemplateForm
  accountId: number
  /** It was approved before, with a sample that is gone. */
  isChange: boolean
  sample: Picked | null
  words: Readonly<Record<string, string>>
  onChange: (change: Partial<TemplateForm>) => void
  onSample: (file: Picked | null) => void
  onTouch: (field: string) => void
}

/** What stands above the words: nothing, a line, or a file with a sample of it. */
export function HeaderSection({
  form,
  accountId,
  isChange,
  sample,
  words,
  onChange,
  onSample,
  onTouch,
}: Props) {
  const isFile = form.header !== 'none' && form.header !== 'text'
  return (
    <FormSection title={m.template_header()} description={m.template_header_help()}>
      <Select<HeaderKind>
        label={m.template_header_kind()}
        options={[
          { id: 'none', label: m.template_header_none() },
          { id: 'text', label: m.template_header_text() },
          { id: 'image', label: m.template_header_image() },
          { id: 'video', label: m.template_header_video() },
          { id: 'document', label: m.template_header_document() },
        ]}
        value={form.header}
        onChange={header => {
          if (sample && header !== form.header) onSample(null)
          onChange({ header })
        }}
        error={words.header}
      />
      {form.header === 'text' && (
        <div className={styles.body}>
          <TextField
            label={m.template_header_line()}
            value={form.header_text}
            isRequired
            onChange={header_text => onChange({ header_text })}
            onBlur={() => onTouch('header.text')}
            error={words['header.text']}
          />
          <div className={styles.under}>
            <Button
              size="small"
              isDisabled={form.header_text.includes('{{')}
              onPress={() => {
                const { header_text: text, named } = form
                onChange({ header_text: withVariable(text, text.length, text.length, named).text })
              }}
            >
              {m.template_insert_variable()}
            </Button>
            <Count text={form.header_text} limit={60} />
          </div>
        </div>
      )}
      {isFile && (
        <Sample
          kind={form.header}
          accountId={accountId}
          isChange={isChange}
          file={sample}
          error={words.sample_upload_id}
          onChange={onSample}
        />
      )}
    </FormSection>
  )
}

const accepted: Partial<Record<HeaderKind, () => string>> = {
  image: () => m.template_sample_image(),
  video: () => m.template_sample_video(),
  document: () => m.template_sample_document(),
}

interface SampleProps {
  kind: HeaderKind
  accountId: number
  isChange: boolean
  file: Picked | null
  error: string | undefined
  onChange: (file: Picked | null) => void
}

function Sample({ kind, accountId, isChange, file, error, onChange }: SampleProps) {
  const upload = useUpload(file?.id)
  const choose = ([first]: readonly File[]) => {
    if (!first) return
    const picked = pick(first, first.name)
    uploads.begin(picked)
    onChange(picked)
  }
  const missing = error === m.field_required() ? m.template_sample_missing() : error
  const problem = upload?.problem ? problemWords(upload.problem) : missing
  return (
    <div className={styles.sample}>
      <p>
        {accepted[kind]?.()}
        {isChange && ` ${m.template_sample_again()}`}
      </p>
      <div className={styles.under}>
        <Button icon={Paperclip} onPress={() => chooseFile(choose)}>
          {file ? m.template_sample_other() : m.template_sample_choose()}
        </Button>
        {file && (
          <>
            <span className={styles.file}>{file.name}</span>
            {upload?.state === 'uploading' && (
              <span role="status">
                {m.template_sample_uploading({ percent: Math.round(upload.done * 100) })}
              </span>
            )}
            <Button
              variant="quiet"
              onPress={() => {
                takeBack(file)
                onChange(null)
              }}
            >
              {m.template_sample_remove()}
            </Button>
          </>
        )}
      </div>
      {problem && (
        <Note tone="danger">
          {problem}
          {problem === m.template_rule_no_app_id() && (
            <>
              {' '}
              <Link to="/settings/$section/$item" params={{ section: 'accounts', item: String(accountId) }}>
                {m.template_elsewhere_account()}
              </Link>
            </>
          )}
        </Note>
      )}
    </div>
  )
}
