/** What is to be done on which day; the earliest first, and on one day in the order it was put down. */
export class Agenda<Item> {
  private readonly items: { readonly on: string; readonly no: number; readonly item: Item }[] = [];
  private no = 0;

  put(on: string, item: Item): void {
    this.no += 1;
    const entry = { on, no: this.no, item };
    const at = this.items.findIndex((each) => each.on > on);
    this.items.splice(at < 0 ? this.items.length : at, 0, entry);
  }

  /** The earliest, taken off; null when nothing is left. */
  take(): { readonly on: string; readonly item: Item } | null {
    return this.items.shift() ?? null;
  }

  some(holds: (item: Item) => boolean): boolean {
    return this.items.some(({ item }) => holds(item));
  }
}
