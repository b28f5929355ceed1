import { SwitchButton, SwitchField, type SwitchFieldProps } from 'react-aria-components/Switch'
import { cx } from './cx'
import { FieldHelp, type FieldProps } from './Field'
import styles from './Toggle.module.css'

interface Props
  extends Omit<SwitchFieldProps, 'className' | 'style' | 'children' | 'validate'>,
    Pick<FieldProps, 'description' | 'error'> {
  label: string
}

/** Acts at once, or with the form's Save when it stands in a form. */
export function Switch({ label, description, error, ...rest }: Props) {
  return (
    <SwitchField {...rest} isInvalid={Boolean(error)} className={cx(styles.field, styles.switch)}>
      <SwitchButton className={styles.row ?? ''}>
        <span className={styles.track} />
        {label}
      </SwitchButton>
      <div className={styles.help}>
        <FieldHelp description={description} error={error} />
      </div>
    </SwitchField>
  )
}
