import { day, duration, minute, second } from '@/lib/time'
import { NumberField } from '@/ui'

interface Props {
  label: string
  value: number
  onChange: (value: number) => void
  error: string | undefined
  description: string
  max?: number | undefined
  min?: number
  step?: number
}

/** A time span in seconds, a day at most; above a minute it also says how long that is. */
export function SecondsField({ description, min = 0, max = day / second, ...rest }: Props) {
  const ms = rest.value * second
  // Only where it is exact: 90 s are no minute.
  const isLong = ms >= minute && ms % minute === 0
  return (
    <NumberField
      {...rest}
      minValue={min}
      maxValue={max}
      unit="s"
      description={isLong ? `${description} (${duration(ms)})` : description}
    />
  )
}
