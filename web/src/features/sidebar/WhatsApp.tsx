import type { InteractionDetail } from '@/api/types'
import { m } from '@/i18n/pages'
import { CopyButton } from '@/ui/CopyButton'
import { Fact } from './Facts'

/** How the customer shows themselves there. */
export function WhatsApp({ address }: { address: InteractionDetail['address'] }) {
  const { phone, profile_name: profile, username } = address
  return (
    <>
      {profile && <Fact label={m.sidebar_profile_name()}>{profile}</Fact>}
      {username && <Fact label={m.sidebar_username()}>{username}</Fact>}
      <Fact label={m.sidebar_number()}>
        {phone ? (
          <>
            <span className="numbers">{phone}</span>
            {!phone.includes('•') && <CopyButton text={phone} label={m.sidebar_copy({ text: phone })} />}
          </>
        ) : (
          m.sidebar_number_hidden()
        )}
      </Fact>
    </>
  )
}
