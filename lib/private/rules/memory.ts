/** How much is remembered before all of it is forgotten, so that a process which makes many apps does not grow. */
const MOST = 1_000;

/** What was computed before, by a text that tells all that it was computed from. */
export class Memory<T> {
  private readonly values = new Map<string, T>();

  public get(text: string): T | undefined {
    return this.values.get(text);
  }

  public add(text: string, value: T): T {
    if (this.values.size === MOST) { this.values.clear(); }
    this.values.set(text, value);
    return value;
  }
}
