import { isProblem, problemWords } from '@/api/problem'
import { m } from '@/i18n/admin'
import { Note } from '@/ui'
import styles from './Build.module.css'

/** Why a template was not handed in, in WhatsApp's own words where they are its own. */
export function refusalWords(error: unknown) {
  if (isProblem(error, 'invalid')) return <Note tone="danger">{m.problem_invalid()}</Note>
  if (isProblem(error, 'template_refused')) {
    const said = [error.params.title, error.params.detail].filter(
      text => typeof text === 'string' && text !== '',
    )
    return (
      <Note tone="danger">
        <span className={styles.refused}>
          <span>{m.template_refused()}</span>
          {said.map(text => (
            <q key={String(text)}>{String(text)}</q>
          ))}
        </span>
      </Note>
    )
  }
  return <Note tone="danger">{transport(error) ?? problemWords(error)}</Note>
}

/** What there is to know of a provider that could not be asked. */
export function transport(error: unknown): string | undefined {
  if (isProblem(error, 'provider_unreachable')) return m.template_unreachable()
  if (isProblem(error, 'unknown_outcome')) return m.template_unknown()
  if (isProblem(error, 'template_not_editable')) return m.template_not_editable()
  return undefined
}
