// The emoji of the picker, in our own languages and from our own server: `import('virtual:emoji/it')`. Made from
// emojibase-data when the desktop is built, with only what the picker reads, so that nothing comes from elsewhere.
import { createRequire } from 'node:module'

const prefix = 'virtual:emoji/'
const require = createRequire(import.meta.url)
// What the phones and systems of the last three years can draw.
const newest = 15.1
// Group 2 holds the parts that skins and hair are made of.
const parts = 2
const tones = ['light', 'medium-light', 'medium', 'medium-dark', 'dark']

/** @returns {import('vite').Plugin} */
export function emoji() {
  return {
    name: 'pronto-emoji',
    resolveId: id => (id.startsWith(prefix) ? `\0${id}` : undefined),
    load: id => {
      if (!id.startsWith(`\0${prefix}`)) return undefined
      const text = JSON.stringify(data(id.slice(prefix.length + 1)))
      // Browsers read JSON in a string faster than an object literal of this size.
      return `export default JSON.parse(${JSON.stringify(text)})`
    },
  }
}

function data(locale) {
  const all = require(`emojibase-data/${locale}/data.json`)
  const messages = require(`emojibase-data/${locale}/messages.json`)
  return {
    locale,
    emojis: all.filter(one => one.version <= newest && 'group' in one && one.group !== parts).map(shape),
    categories: messages.groups
      .filter(({ order }) => order !== parts)
      .map(({ order, message }) => ({ index: order, label: capital(message, locale) })),
    skinTones: Object.fromEntries(
      messages.skinTones.map(({ key, message }) => [key, capital(message, locale)]),
    ),
  }
}

function shape({ emoji, group, label, version, tags, skins }) {
  const single = skins?.filter(skin => typeof skin.tone === 'number')
  return {
    emoji,
    category: group,
    label,
    version,
    tags: tags ?? [],
    ...(single?.length
      ? { skins: Object.fromEntries(single.map(skin => [tones[skin.tone - 1], skin.emoji])) }
      : {}),
  }
}

function capital(words, locale) {
  return words.charAt(0).toLocaleUpperCase(locale) + words.slice(1)
}
