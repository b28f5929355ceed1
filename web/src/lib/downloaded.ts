/** A part of the desktop that could not be downloaded: there is no connection, or the server has newer ones. */
export class NotDownloaded extends Error {
  constructor(cause: unknown) {
    super('a part of the desktop was not downloaded', { cause })
  }
}

/** For a page: without a connection the router would load everything anew, and nothing would be left on screen. */
export async function downloaded<T>(part: Promise<T>): Promise<T> {
  try {
    return await part
  } catch (error) {
    throw navigator.onLine ? error : new NotDownloaded(error)
  }
}
