// The one way to the server: `api.get('/interactions/1234')`. Cookies carry the session; every error becomes an
// ApiProblem. Once schema.ts is generated, openapi-fetch takes this file's place and the paths become types.
import { correctClock } from '@/lib/clock'
import { ApiProblem, networkProblem } from './problem'

const base = '/api/v1'

export type Query = Record<string, string | number | boolean | null | undefined>

interface Options {
  query?: Query
  signal?: AbortSignal | undefined
}

let onSignedOut: () => void = () => {}

/** Called when any answer is 401: the session is over, wherever one is. */
export function whenSignedOut(then: () => void): void {
  onSignedOut = then
}

export const api = {
  get: <T>(path: string, options?: Options) => request<T>('GET', path, undefined, options),
  post: <T>(path: string, body?: unknown, options?: Options) => request<T>('POST', path, body, options),
  put: <T>(path: string, body?: unknown, options?: Options) => request<T>('PUT', path, body, options),
  patch: <T>(path: string, body?: unknown, options?: Options) => request<T>('PATCH', path, body, options),
  delete: <T>(path: string, options?: Options) => request<T>('DELETE', path, undefined, options),
}

export function url(path: string, query: Query = {}): string {
  const search = new URLSearchParams()
  for (const [name, value] of Object.entries(query)) {
    if (value !== null && value !== undefined && value !== '') search.set(name, String(value))
  }
  const text = search.toString()
  return base + path + (text ? `?${text}` : '')
}

async function request<T>(method: string, path: string, body?: unknown, options: Options = {}): Promise<T> {
  const response = await send(method, path, body, options)
  correctClock(response.headers.get('date'))
  if (!response.ok) {
    const problem = await ApiProblem.from(response)
    // A wrong password is also a 401, but nobody's session ended by it.
    if (problem.status === 401 && path !== '/session') onSignedOut()
    throw problem
  }
  if (response.status === 204) return undefined as T
  return (await response.json()) as T
}

async function send(method: string, path: string, body: unknown, options: Options): Promise<Response> {
  const headers: Record<string, string> = { accept: 'application/json' }
  if (body !== undefined && !(body instanceof FormData)) headers['content-type'] = 'application/json'
  try {
    return await fetch(url(path, options.query), {
      method,
      headers,
      body: body === undefined || body instanceof FormData ? body : JSON.stringify(body),
      credentials: 'same-origin',
      signal: options.signal,
    })
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error
    throw networkProblem(error)
  }
}
