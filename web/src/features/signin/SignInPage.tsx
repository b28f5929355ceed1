import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useRouter, useSearch } from '@tanstack/react-router'
import { type FormEvent, useState } from 'react'
import { welcomeQuery } from '@/api/queries'
import { m } from '@/i18n'
import { Button, ErrorNote, TextField } from '@/ui'
import { DemoSignIns } from './DemoSignIns'
import styles from './SignIn.module.css'
import { signIn } from './session'
import { Wordmark } from './Wordmark'

export default function SignInPage() {
  const client = useQueryClient()
  const router = useRouter()
  const search = useSearch({ from: '/signin' })
  const welcome = useQuery(welcomeQuery)
  const [login, setLogin] = useState('')
  const [password, setPassword] = useState('')
  const [pending, setPending] = useState<string | null>(null)
  const [error, setError] = useState<unknown>(null)

  const enter = async (name: string, secret: string) => {
    setPending(name)
    setError(null)
    try {
      await signIn(client, name, secret)
      await router.navigate({ href: search.return ?? '/', replace: true })
    } catch (problem) {
      setError(problem)
      setPending(null)
    }
  }
  const onSubmit = (event: FormEvent) => {
    event.preventDefault()
    if (!pending) void enter(login.trim(), password)
  }

  const demo = welcome.data?.demo
  return (
    <main className={styles.page}>
      <title>{`${m.signin_title()} · Pronto`}</title>
      <div className={styles.column}>
        <Wordmark />
        <form className={styles.card} onSubmit={onSubmit} aria-labelledby="signin-heading">
          <h1 id="signin-heading" className={styles.heading}>
            {m.signin_title()}
          </h1>
          {search.return && !error && <p className={styles.hint}>{m.signin_return()}</p>}
          {error !== null && <ErrorNote error={error} />}
          <TextField
            label={m.signin_login()}
            value={login}
            onChange={setLogin}
            autoComplete="username"
            spellCheck="false"
            isRequired
            autoFocus
          />
          <TextField
            label={m.signin_password()}
            type="password"
            value={password}
            onChange={setPassword}
            autoComplete="current-password"
            isRequired
          />
          <Button
            type="submit"
            variant="primary"
            size="large"
            wide
            isPending={pending !== null}
            isDisabled={!login.trim() || !password}
          >
            {m.signin_enter()}
          </Button>
        </form>
        {demo && <DemoSignIns demo={demo} pending={pending} onEnter={enter} />}
        {welcome.isError && <ErrorNote error={welcome.error} onRetry={() => void welcome.refetch()} />}
        <p className={styles.version}>{welcome.data ? `Pronto ${welcome.data.version}` : ' '}</p>
      </div>
    </main>
  )
}
