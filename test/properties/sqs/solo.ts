/** The model alone with a watcher of its facts: stories in any profile, judged by laws rather than by a twin. */

import type { OpenedWorld, WorldOptions } from '../../../src/experiment/operations/open-world.js';
import type {
  BatchValue,
  NaiveCall,
  ReceiveValue,
  SendValue,
} from '../../reference/naive-sqs/calls.js';
import type { NaiveAttributes, NaiveSettings } from '../../reference/naive-sqs/settings.js';
import { DEFAULTS, SECOND, changed } from '../../reference/naive-sqs/settings.js';
import { Scene } from './scene.js';
import { Side } from './side.js';
import type { Sent, Setting, Step } from './step.js';
import { modelOf } from './subject.js';
import type { Surroundings } from './watcher.js';
import { Watcher } from './watcher.js';

interface Sending {
  readonly queue: string;
  readonly call: Readonly<NaiveCall<SendValue | BatchValue>>;
}

export class Solo extends Scene {
  readonly watcher = new Watcher();
  private readonly model: OpenedWorld;
  private readonly side: Side;
  /** Settings in force. */
  private readonly settings: Map<string, NaiveSettings>;
  private readonly due = new Set<number>();
  /** Queues that were deleted. */
  private readonly gone = new Set<string>();
  private sendings: Sending[] = [];
  /** Messages whose senders were told that they are accepted, by queue. */
  private readonly accepted = new Map<string, number>();
  /** µs: the delays that messages of these bodies were sent with. */
  private readonly delays = new Map<string, number>();
  /** µs: the shortest delay that each queue has had. */
  private readonly delayMin = new Map<string, number>();

  constructor(setting: Setting, options: WorldOptions) {
    super(setting);
    this.settings = new Map(
      Object.entries(setting.queues).map(([name, said]) => [name, changed(DEFAULTS, said)]),
    );
    this.model = modelOf(setting, { ...options, observer: this.watcher });
    this.side = new Side(this.model, this.queues);
    for (const [name, { delay }] of this.settings) this.delayMin.set(name, delay);
    this.watcher.around = this.surroundings();
  }

  /** What facts leave out, from the tables of the model and from the story. */
  private surroundings(): Surroundings {
    const { world, kernel, book } = this.model['operated'];
    const { messages, obligations, copies, deliveries } = world.messages;
    const { setting, settings, delays, delayMin, gone } = this;
    return {
      get now() {
        return kernel.now;
      },
      rulesOf: (resource) => {
        const name = world.names[resource];
        const { retention, redrive, deduplicationScope } = settings.get(name) ?? DEFAULTS;
        const isThere = redrive !== null && !gone.has(redrive.target);
        return {
          isFifo: name.endsWith('.fifo'),
          retention,
          delayMin: delayMin.get(name) ?? 0,
          inFlightMax: setting.inFlight ?? 120_000,
          maxReceiveCount: isThere ? redrive.maxReceiveCount : null,
          isScopeGroup: deduplicationScope === 'messageGroup',
        };
      },
      receiveCountOf: (copy) => copies.receiveCount[copy],
      copyOf: (delivery) => deliveries.copy[delivery],
      messageOf: (copy) => {
        const row = obligations.message[copies.obligation[copy]];
        const { mark0, mark1 } = messages;
        const {
          body = null,
          group = null,
          deduplicationId = null,
        } = book.withMark(mark0[row], mark1[row])?.said ?? {};
        return {
          id: `${mark0[row]} ${mark1[row]}`,
          group,
          deduplication: deduplicationId,
          // Bodies like these were sent once; what is known of no message may be 0.
          delay: body?.startsWith('m') ? (delays.get(body) ?? null) : 0,
        };
      },
    };
  }

  get now(): number {
    return this.model.now;
  }

  /** Guesses: it cannot be seen from outside. */
  get dueTimes(): readonly number[] {
    return [...this.due].filter((at) => at > this.now).sort((a, b) => a - b);
  }

  protected receiveOf(name: string): Readonly<NaiveCall<ReceiveValue>> {
    return this.side.receiveOf(name);
  }

  protected act(step: Step): void {
    this.guess(step);
    const before = 'queue' in step ? this.settings.get(step.queue) : undefined;
    if (step.op === 'deleteQueue') this.gone.add(step.queue);
    if (step.op === 'set') this.change(step.queue, step.attributes);
    this.side.play(step);
    if (step.op === 'set' && before !== undefined && this.side.last?.error !== null)
      this.settings.set(step.queue, before);
    if (step.op === 'purge' && this.side.last?.error === null)
      this.watcher.forget(this.model['operated'].world.idOf(step.queue));
    if (step.op === 'send' || step.op === 'sendBatch')
      this.sendings.push({ queue: step.queue, call: this.side.last as Sending['call'] });
    for (const sending of this.sendings.filter(({ call }) => call.done)) this.count(sending);
    this.sendings = this.sendings.filter(({ call }) => !call.done);
    this.judge();
  }

  /** When all calls are answered. */
  end(): void {
    this.play({ op: 'advance', to: Math.ceil(this.now) + 60 });
    const { open } = this.side;
    if (open.length > 0) throw new Error(`${open.length} receives were never answered`);
    for (const queue of this.queues) {
      const { sent, deduplicated } = this.watcher.tally(this.model['operated'].world.idOf(queue));
      const accepted = this.accepted.get(queue) ?? 0;
      if (accepted !== sent + deduplicated)
        throw new Error(`${queue}: ${accepted} accepted, ${sent} stored, ${deduplicated} not`);
    }
  }

  private judge(): void {
    const { watcher, model } = this;
    if (watcher.complaints.length > 0) throw new Error(watcher.complaints.join('\n'));
    for (const queue of this.queues) {
      if (this.gone.has(queue)) continue;
      const id = model['operated'].world.idOf(queue);
      const { visible, inFlight, delayed } = model['operated'].control(id).counts;
      const present = watcher.present(id);
      if (present !== visible + inFlight + delayed)
        throw new Error(`${queue} counts ${visible} + ${inFlight} + ${delayed}, not ${present}`);
    }
  }

  private count({ queue, call: { value } }: Sending): void {
    const accepted = value === null ? 0 : 'successful' in value ? value.successful.length : 1;
    this.accepted.set(queue, (this.accepted.get(queue) ?? 0) + accepted);
  }

  // --- the story ---------------------------------------------------------------------------------

  private change(queue: string, said: NaiveAttributes): void {
    const settings = changed(this.settings.get(queue) ?? DEFAULTS, said);
    this.settings.set(queue, settings);
    this.delayMin.set(queue, Math.min(this.delayMin.get(queue) ?? 0, settings.delay));
  }

  /** When something may be due that this step sets going. */
  private guess(step: Step): void {
    if (step.op === 'advance') return;
    const spans = [0.01, 1, 300];
    if (step.op === 'send') {
      this.noteDelay(step);
      spans.push(step.delay ?? 0);
    }
    if (step.op === 'sendBatch') step.entries.forEach((entry) => this.noteDelay(entry));
    if (step.op === 'receive') spans.push(step.wait ?? 0, step.visibility ?? 0);
    if (step.op === 'change') spans.push(step.timeout);
    const settings = 'queue' in step ? this.settings.get(step.queue) : undefined;
    if (settings !== undefined) {
      const { delay, visibilityTimeout, retention } = settings;
      spans.push(delay / SECOND, visibilityTimeout / SECOND, retention / SECOND);
    }
    for (const span of spans) this.due.add(this.now + span);
  }

  private noteDelay({ body, delay }: Sent): void {
    if (body !== undefined && delay !== undefined) this.delays.set(body, delay * SECOND);
  }
}
