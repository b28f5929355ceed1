import { ShoppingCart } from 'lucide-react'
import type { Content } from '@/api/types'
import { m } from '@/i18n/pages'
import styles from './Content.module.css'
import { money, totals } from './order'

export function OrderTable({ order }: { order: Extract<Content, { type: 'order' }> }) {
  return (
    <div className={styles.form}>
      <p className={styles.head}>
        <ShoppingCart size={16} aria-hidden="true" />
        {m.conversation_order()}
      </p>
      <table className={styles.order}>
        <thead>
          <tr>
            <th scope="col">{m.conversation_order_product()}</th>
            <th scope="col">{m.conversation_order_quantity()}</th>
            <th scope="col">{m.conversation_order_price()}</th>
          </tr>
        </thead>
        <tbody>
          {order.items.map(item => (
            <tr key={item.product}>
              <td>{item.product}</td>
              <td>{item.quantity}</td>
              <td>{money(item.price, item.currency)}</td>
            </tr>
          ))}
        </tbody>
        <tfoot>
          {totals(order.items).map(({ currency, total }) => (
            <tr key={currency}>
              <th scope="row" colSpan={2}>
                {m.conversation_order_total()}
              </th>
              <td>{money(total, currency)}</td>
            </tr>
          ))}
        </tfoot>
      </table>
    </div>
  )
}
