/** How close the rows of a table stand. */
export const heights = { compact: 36, normal: 44, roomy: 56 }

export type Density = keyof typeof heights
