import { useQueryClient } from '@tanstack/react-query'
import { useRouter } from '@tanstack/react-router'
import { type FormEvent, useState } from 'react'
import { api } from '@/api/client'
import { keys } from '@/api/keys'
import { ApiProblem } from '@/api/problem'
import type { Session } from '@/api/types'
import { m } from '@/i18n'
import { Button, ErrorNote, TextField } from '@/ui'
import styles from './SignIn.module.css'
import { Wordmark } from './Wordmark'

/** The first password was somebody else's: before anything, one's own. */
export default function PasswordPage() {
  const client = useQueryClient()
  const router = useRouter()
  const [current, setCurrent] = useState('')
  const [next, setNext] = useState('')
  const [isPending, setPending] = useState(false)
  const [error, setError] = useState<unknown>(null)

  const onSubmit = async (event: FormEvent) => {
    event.preventDefault()
    if (isPending) return
    setPending(true)
    setError(null)
    try {
      await api.put('/me/password', { current, new: next })
      client.setQueryData<Session>(
        keys.session,
        session => session && { ...session, user: { ...session.user, must_change_password: false } },
      )
      await router.navigate({ to: '/' })
    } catch (problem) {
      setError(problem)
      setPending(false)
    }
  }

  const problem = error instanceof ApiProblem ? error : undefined
  return (
    <main className={styles.page}>
      <title>{`${m.signin_new_password()} · Pronto`}</title>
      <div className={styles.column}>
        <Wordmark />
        <form className={styles.card} onSubmit={onSubmit} aria-labelledby="password-heading">
          <h1 id="password-heading" className={styles.heading}>
            {m.signin_choose_password()}
          </h1>
          <p className={styles.hint}>{m.signin_choose_why()}</p>
          {error !== null && <ErrorNote error={error} />}
          <TextField
            label={m.signin_current_password()}
            type="password"
            value={current}
            onChange={setCurrent}
            autoComplete="current-password"
            error={problem?.field('current')}
            autoFocus
          />
          <TextField
            label={m.signin_new_password()}
            type="password"
            value={next}
            onChange={setNext}
            autoComplete="new-password"
            description={m.signin_password_rule()}
            error={problem?.field('new')}
          />
          <Button
            type="submit"
            variant="primary"
            size="large"
            wide
            isPending={isPending}
            isDisabled={!current || !next}
          >
            {m.signin_set_password()}
          </Button>
        </form>
      </div>
    </main>
  )
}
