/** An Io that keeps what was written; nothing of the process. */
import type { Io } from '../../src/cli/io.js';

export class FakeIo implements Io {
  outText = '';
  errText = '';
  outIsTerminal = false;
  errIsTerminal = false;
  environment: Record<string, string | undefined> = {};
  milliseconds = 0;
  /** How much wall time each look at the clock takes. */
  perLook = 0;
  listeners: (() => void)[] = [];

  out = (text: string): void => {
    this.outText += text;
  };
  err = (text: string): void => {
    this.errText += text;
  };
  now = (): number => (this.milliseconds += this.perLook);
  onInterrupt = (called: () => void): (() => void) => {
    this.listeners.push(called);
    return () => {
      this.listeners = this.listeners.filter((one) => one !== called);
    };
  };
  breathe = (): Promise<void> => Promise.resolve();
}
