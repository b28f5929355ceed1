import type { Tag, TagColour } from '@/api/types'
import { m } from '@/i18n/admin'
import { needsName } from '../form/checks'
import type { Resource } from '../form/useResourceForm'

export interface TagDraft {
  name: string
  colour: TagColour
  description: string
}

export const tagResource: Resource<Tag, TagDraft> = {
  collection: 'tags',
  labels: {
    name: () => m.settings_name(),
    colour: () => m.settings_colour(),
    description: () => m.settings_description(),
  },
  toDraft: ({ name, colour, description }) => ({ name, colour, description: description ?? '' }),
  toBody: ({ description, ...rest }) => ({
    ...rest,
    ...(description === undefined ? {} : { description: description.trim() || null }),
  }),
  check: needsName,
}

export const blankTag = (): TagDraft => ({ name: '', colour: 'grey', description: '' })

export const colours: readonly { id: TagColour; label: () => string }[] = [
  { id: 'grey', label: () => m.settings_colour_grey() },
  { id: 'red', label: () => m.settings_colour_red() },
  { id: 'orange', label: () => m.settings_colour_orange() },
  { id: 'yellow', label: () => m.settings_colour_yellow() },
  { id: 'green', label: () => m.settings_colour_green() },
  { id: 'teal', label: () => m.settings_colour_teal() },
  { id: 'blue', label: () => m.settings_colour_blue() },
  { id: 'purple', label: () => m.settings_colour_purple() },
  { id: 'pink', label: () => m.settings_colour_pink() },
]
