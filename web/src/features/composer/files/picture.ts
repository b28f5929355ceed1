// Pictures that WhatsApp does not take as they are: other types than JPEG and PNG, and those with too many bytes.
import { type Picked, pick, whatsappLimits } from './picked'

const longestSide = 4096
const stickerSide = 512
const qualities = [0.9, 0.75, 0.55]

/** The same picture as WhatsApp takes it; anything else, and what cannot be drawn here, as it came. */
export async function fitPicture(file: Picked): Promise<Picked> {
  const { blob } = file
  if (!blob.type.startsWith('image/') || blob.type === 'image/svg+xml') return file
  let picture: ImageBitmap
  try {
    picture = await createImageBitmap(blob)
  } catch {
    return file
  }
  try {
    const { width, height } = picture
    const isSticker = file.kind === 'sticker' && width === stickerSide && height === stickerSide
    const isFit = (file.kind === 'image' || isSticker) && blob.size <= whatsappLimits[file.kind]
    if (isFit) return { ...file, width, height }
    return (await asJpeg(picture, file.name)) ?? file
  } finally {
    picture.close()
  }
}

async function asJpeg(picture: ImageBitmap, name: string): Promise<Picked | null> {
  const scale = Math.min(1, longestSide / Math.max(picture.width, picture.height))
  const canvas = new OffscreenCanvas(Math.round(picture.width * scale), Math.round(picture.height * scale))
  const context = canvas.getContext('2d')
  if (!context) return null
  // JPEG knows no transparency; what is behind is white, as on paper.
  context.fillStyle = '#fff'
  context.fillRect(0, 0, canvas.width, canvas.height)
  context.drawImage(picture, 0, 0, canvas.width, canvas.height)
  for (const quality of qualities) {
    const blob = await canvas.convertToBlob({ type: 'image/jpeg', quality })
    const { width, height } = canvas
    if (blob.size <= whatsappLimits.image)
      return { ...pick(blob, `${name.replace(/\.[^.]+$/, '')}.jpg`), width, height }
  }
  return null
}
