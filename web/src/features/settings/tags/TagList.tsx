import { useQuery } from '@tanstack/react-query'
import { Tags } from 'lucide-react'
import { tagsQuery } from '@/api/queries'
import { Tag } from '@/features/care/Tag'
import { m } from '@/i18n/admin'
import { ResourceList } from '../ResourceList'
import styles from '../Settings.module.css'

export function TagList() {
  return (
    <ResourceList
      section="tags"
      query={useQuery(tagsQuery)}
      words={tag => [tag.description]}
      columns={[
        { id: 'name', label: m.settings_name(), cell: tag => <Tag name={tag.name} /> },
        {
          id: 'description',
          label: m.settings_description(),
          cell: tag => <span className={styles.muted}>{tag.description}</span>,
        },
      ]}
      icon={Tags}
      lead={m.settings_tags_lead()}
      create={m.settings_tag_new()}
      empty={{ title: m.settings_tags_empty(), words: m.settings_tags_empty_words() }}
    />
  )
}
