import { useKnown } from '@/features/interactions/known'
import { same } from '@/features/settings/form/draft'
import { m } from '@/i18n/pages'
import { Note } from '@/ui/Note'
import { RadioGroup } from '@/ui/RadioGroup'
import { labelOf, saidOf } from './draft'
import styles from './Form.module.css'
import type { ContactForm, Meanwhile } from './useContactForm'

/** Who saved first, what they changed, and for what both changed: whose is kept. */
export function MeanwhileNote({ form, meanwhile }: { form: ContactForm; meanwhile: Meanwhile }) {
  const { agents } = useKnown()
  const owners = form.base?.owner ? [...agents, form.base.owner] : agents
  const by = meanwhile.by ?? m.contacts_somebody()
  const fields = meanwhile.theirs.map(key => labelOf(key, form.own)).join(', ')
  return (
    <Note tone="warning">
      <p>
        {m.contacts_meanwhile({ by, fields })}{' '}
        {meanwhile.both.length === 0 ? m.contacts_meanwhile_apart() : m.contacts_meanwhile_both()}
      </p>
      {meanwhile.both.map(key => {
        const isTheirs = same(form.draft[key], meanwhile.stored[key])
        const said = (draft: typeof form.draft) => saidOf(draft, key, form.own, owners) || m.sidebar_empty()
        return (
          <div key={key} className={styles.choice}>
            <RadioGroup<'mine' | 'theirs'>
              label={labelOf(key, form.own)}
              options={[
                { id: 'mine', label: m.contacts_keep_mine({ value: said(meanwhile.typed) }) },
                { id: 'theirs', label: m.contacts_take_theirs({ value: said(meanwhile.stored) }) },
              ]}
              value={isTheirs ? 'theirs' : 'mine'}
              onChange={whose => form.take(key, whose === 'mine' ? meanwhile.typed : meanwhile.stored)}
            />
          </div>
        )
      })}
    </Note>
  )
}
