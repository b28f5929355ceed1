// The real binary, with a demo of its own in a folder of its own.
import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const binary = process.env.PRONTO_BIN ?? new URL('../../target/debug/pronto', import.meta.url).pathname

export class Server {
  readonly url: string
  private readonly child: ChildProcess
  private readonly folder: string
  private readonly lines: string[]

  private constructor(url: string, child: ChildProcess, folder: string, lines: string[]) {
    this.url = url
    this.child = child
    this.folder = folder
    this.lines = lines
  }

  /** Starts a demo on a port that is free. */
  static async start(): Promise<Server> {
    const folder = await mkdtemp(join(tmpdir(), 'pronto-e2e-'))
    const child = spawn(binary, ['demo', '--listen', '127.0.0.1:0', '--data', folder], {
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    const lines: string[] = []
    const url = await new Promise<string>((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(`no address within 30 s:\n${lines.join('')}`)), 30_000)
      const read = (chunk: Buffer) => {
        lines.push(chunk.toString())
        const found = /Pronto\s+(http:\/\/\S+?)\/?\s/.exec(lines.join(''))
        if (!found?.[1]) return
        clearTimeout(timer)
        resolve(found[1])
      }
      child.stdout.on('data', read)
      child.stderr.on('data', read)
      child.on('error', reject)
      child.on('exit', code => reject(new Error(`the server ended (${code}):\n${lines.join('')}`)))
    })
    return new Server(url, child, folder, lines)
  }

  /** What it has printed and logged. */
  get log(): string {
    return this.lines.join('')
  }

  async stop(): Promise<void> {
    if (this.child.exitCode === null) {
      const ended = new Promise(resolve => this.child.once('exit', resolve))
      this.child.kill('SIGKILL')
      await ended
    }
    await rm(this.folder, { recursive: true, force: true })
  }
}
