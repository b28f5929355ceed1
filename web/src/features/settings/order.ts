// Lists whose order means something. Pure.

/** One place up (-1) or down (1); past the ends nothing moves. */
export function move<T>(list: readonly T[], index: number, by: -1 | 1): T[] {
  const to = index + by
  const item = list[index]
  if (item === undefined || to < 0 || to >= list.length) return [...list]
  return list.toSpliced(index, 1).toSpliced(to, 0, item)
}
