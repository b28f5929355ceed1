/** No more are done at once than the server takes. */
export const pickedAtMost = 500
