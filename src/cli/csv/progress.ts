/** How far a long work is: a bar with rate and time left on a terminal, a line now and then elsewhere. */

import type { Stream } from '../terminal.ts'
import { counted } from '../wording.ts'

/** Milliseconds between two pictures of the bar, and between two lines. */
const FRAME = 100
const LINE = 10_000
const WIDTH = 30

/** A running display. */
export interface Progress {
  update(done: number): void
  end(done: number): void
}

/** Begins a display. Without a total, it counts. */
export function createProgress(stream: Stream, name: string, total?: number, from = 0): Progress {
  const began = performance.now()
  const every = stream.isTTY ? FRAME : LINE
  let last = began
  const show = (done: number): void => {
    const seconds = (performance.now() - began) / 1000
    const rate = (done - from) / Math.max(seconds, 0.001)
    const text = lineOf(name, done, total, rate)
    stream.write(stream.isTTY ? `\r\u001b[K${text.slice(0, (stream.columns ?? 80) - 1)}` : `${text}\n`)
  }
  return {
    update(done) {
      const now = performance.now()
      if (now - last < every) return
      last = now
      show(done)
    },
    end(done) {
      show(done)
      if (stream.isTTY) stream.write('\n')
    },
  }
}

function lineOf(name: string, done: number, total: number | undefined, rate: number): string {
  const speed = `${Math.round(rate)} a second`
  if (total === undefined) return `${name}: ${counted(done, 'row', 'rows')}, ${speed}`
  const share = total === 0 ? 1 : done / total
  const full = Math.round(share * WIDTH)
  const bar = `${'█'.repeat(full)}${'░'.repeat(WIDTH - full)}`
  const left = done < total && rate > 0 ? `, ${timeOf((total - done) / rate)} left` : ''
  return `${name} ${bar} ${Math.floor(share * 100)} %  ${done} of ${total}, ${speed}${left}`
}

function timeOf(seconds: number): string {
  const whole = Math.ceil(seconds)
  const [hours, minutes] = [Math.floor(whole / 3600), Math.floor((whole % 3600) / 60)]
  if (hours > 0) return `${hours} h ${minutes} min`
  return minutes > 0 ? `${minutes} min ${whole % 60} s` : `${whole} s`
}
