import { useMutation } from '@tanstack/react-query'
import { CircleCheck, CircleDashed, CircleX, PlugZap } from 'lucide-react'
import { api } from '@/api/client'
import type { Account, AccountCheck } from '@/api/types'
import { m } from '@/i18n/admin'
import type { ProviderName } from '@/lib/providers'
import { Button, cx, ErrorNote, FormSection, Pill, RelativeTime } from '@/ui'
import styles from './Accounts.module.css'
import { healthDetail, healthTones, healthWords, stepWords } from './health'

/** Whether it works, as last heard, and a way to ask now. */
export function HealthSection({ account, isDirty }: { account: Account; isDirty: boolean }) {
  const { health } = account
  const check = useMutation({
    mutationFn: () => api.post<AccountCheck>(`/accounts/${account.id}/checks`),
  })
  return (
    <FormSection title={m.settings_connection()}>
      <div className={styles.health}>
        <Pill tone={healthTones[health.state]}>{healthWords[health.state]()}</Pill>
        <span className={styles.healthWords}>
          {healthDetail(health.detail, account.provider)} {health.at && <RelativeTime at={health.at} />}
        </span>
        <Button
          icon={PlugZap}
          isPending={check.isPending}
          isDisabled={isDirty}
          onPress={() => check.mutate()}
        >
          {m.settings_check()}
        </Button>
      </div>
      {isDirty && <p className={styles.healthWords}>{m.settings_check_save_first()}</p>}
      <div role="status">
        {check.error && <ErrorNote error={check.error} />}
        {check.data && !check.isPending && <Steps check={check.data} provider={account.provider} />}
      </div>
    </FormSection>
  )
}

const marks = {
  ok: { icon: CircleCheck, words: () => m.settings_check_good(), look: styles.good },
  failing: { icon: CircleX, words: () => m.settings_check_bad(), look: styles.bad },
  unknown: { icon: CircleDashed, words: () => m.settings_check_unknown(), look: styles.open },
}

function Steps({ check, provider }: { check: AccountCheck; provider: ProviderName }) {
  return (
    <ul
      className={styles.checks}
      aria-label={check.ok ? m.settings_check_all_good() : m.settings_check_not_good()}
    >
      {check.steps.map(step => {
        const { label, detail, fix } = stepWords(step, provider)
        const { icon: Icon, words, look } = marks[step.state]
        return (
          <li key={step.code} className={cx(styles.check, look)}>
            <Icon size={16} strokeWidth={1.75} aria-label={words()} />
            <span>{label}</span>
            {(detail || step.at) && (
              <span className={styles.fix}>
                {detail} {step.at && <RelativeTime at={step.at} />}
              </span>
            )}
            {fix && <span className={styles.fix}>{fix}</span>}
          </li>
        )
      })}
    </ul>
  )
}
