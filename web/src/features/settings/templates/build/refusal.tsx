import { ApiProblem, isProblem, problemWords } from '@/api/problem'
import { m } from '@/i18n/admin'
import { Note } from '@/ui'
import styles from './Build.module.css'

/** Why a template was not handed in, in WhatsApp's own words where they are its own. */
export function refusalWords(error: unknown) {
  return (
    <Note tone="danger">
      <span className={styles.refused}>
        <span>{reason(error)}</span>
        {quotes(error).map(text => (
          <q key={text}>{text}</q>
        ))}
      </span>
    </Note>
  )
}

/** The same as a problem whose words are these: for a dialog that words its problems by itself. */
export function worded(error: unknown): unknown {
  if (!isProblem(error)) return error
  const detail = [reason(error), ...quotes(error).map(text => `“${text}”`)].join(' ')
  const { status, params, fields } = error
  return new ApiProblem({ type: 'about:blank', title: '', status, detail, code: 'worded', params, fields })
}

function reason(error: unknown): string {
  if (isProblem(error, 'template_refused')) return m.template_refused()
  if (isProblem(error, 'provider_unreachable')) return m.template_unreachable()
  if (isProblem(error, 'unknown_outcome')) return m.template_unknown()
  if (isProblem(error, 'template_not_editable')) return m.template_not_editable()
  return problemWords(error)
}

function quotes(error: unknown): string[] {
  if (!isProblem(error, 'template_refused')) return []
  const said = [error.params.title, error.params.detail].map(text => (typeof text === 'string' ? text : ''))
  return [...new Set(said)].filter(Boolean)
}
