/** Users have few devices, passkeys and sessions; a body of more would help nobody. */
const MOST = 1_000;

/** The items of all pages, each as it is shown. */
export async function listOf<Item, Shown>(items: AsyncIterable<Item>, show: (item: Item) => Shown): Promise<Shown[]> {
  const shown: Shown[] = [];
  for await (const item of items) {
    shown.push(show(item));
    if (shown.length === MOST) {
      break;
    }
  }
  return shown;
}
