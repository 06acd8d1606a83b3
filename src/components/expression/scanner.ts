/** Reads a line piece by piece from the left. It knows where it is, and nothing of the language. */

export class Scanner {
  at = 0;

  constructor(readonly text: string) {}

  skipSpace(): void {
    while (this.at < this.text.length && ' \t\r\n'.includes(this.text[this.at])) this.at++;
  }

  get isAtEnd(): boolean {
    return this.at >= this.text.length;
  }

  /** Whether the rest begins with `text`; moves behind it if so. */
  take(text: string): boolean {
    if (!this.text.startsWith(text, this.at)) return false;
    this.at += text.length;
    return true;
  }

  /** What a sticky pattern matches here, or undefined; moves behind it. */
  match(pattern: RegExp): string | undefined {
    const found = this.peek(pattern);
    if (found !== undefined) this.at += found.length;
    return found;
  }

  peek(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.at;
    return pattern.exec(this.text)?.[0];
  }

  /** What stands here, for messages: a word, a number, or one character. */
  found(): string {
    return this.peek(/[A-Za-z0-9_]+|\S/y) ?? 'the end of the line';
  }
}
