import { Check, CheckCheck, X } from 'lucide-react'
import type { Command } from '@/commands/registry'
import { m } from '@/i18n/pages'
import { accept, currentOffer, reject } from './handle'

const group = () => m.offers_group()

export const commands: Command[] = [
  {
    id: 'offer.accept',
    label: () => m.offers_accept(),
    group,
    icon: Check,
    keys: ['A', 'Alt+A'],
    scope: 'everywhere',
    when: context => currentOffer(context) !== null,
    run: context => accept(context, currentOffer(context), true),
  },
  {
    id: 'offer.acceptOnly',
    label: () => m.offers_accept_only(),
    group,
    icon: CheckCheck,
    keys: ['Shift+A', 'Alt+Shift+A'],
    scope: 'everywhere',
    when: context => currentOffer(context) !== null,
    run: context => accept(context, currentOffer(context), false),
  },
  {
    id: 'offer.reject',
    label: () => m.offers_reject(),
    group,
    icon: X,
    keys: ['R', 'Alt+R'],
    scope: 'everywhere',
    when: context => currentOffer(context) !== null,
    run: context => reject(context, currentOffer(context)),
  },
]
