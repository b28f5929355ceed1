import type { Attachment } from '@/api/types'

/** Where the bytes come as a file; what is not sent yet is the page's own. */
export function downloadOf({ url }: Pick<Attachment, 'url'>): string {
  return url.startsWith('blob:') ? url : `${url}?download=1`
}
