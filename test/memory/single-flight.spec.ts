import { SingleFlight } from '../../lib/memory/single-flight.js';

/** Work that ends when the test says so. */
function deferred<T>() {
  let settle: { resolve: (value: T) => void; reject: (error: Error) => void } | undefined;
  const promise = new Promise<T>((resolve, reject) => {
    settle = { resolve, reject };
  });
  return { promise, resolve: (value: T) => settle?.resolve(value), reject: (error: Error) => settle?.reject(error) };
}

describe('SingleFlight', () => {
  it('runs overlapping calls with the same key once', async () => {
    const flight = new SingleFlight<string, number>();
    const pending = deferred<number>();
    const work = jest.fn(() => pending.promise);
    const calls = [flight.run('a', work), flight.run('a', work), flight.run('a', work)];
    expect(flight.size).toBe(1);
    pending.resolve(7);
    await expect(Promise.all(calls)).resolves.toEqual([7, 7, 7]);
    expect(work).toHaveBeenCalledTimes(1);
    expect(flight.size).toBe(0);
  });

  it('keeps keys apart', async () => {
    const flight = new SingleFlight<string, string>();
    const answers = await Promise.all(['a', 'b'].map((key) => flight.run(key, async () => Promise.resolve(key))));
    expect(answers).toEqual(['a', 'b']);
  });

  it('shares a failure with all who waited, and starts anew after it', async () => {
    const flight = new SingleFlight<string, number>();
    const pending = deferred<number>();
    const calls = [flight.run('a', () => pending.promise), flight.run('a', () => pending.promise)];
    pending.reject(new Error('down'));
    await expect(calls[0]).rejects.toThrow('down');
    await expect(calls[1]).rejects.toThrow('down');
    await expect(flight.run('a', async () => Promise.resolve(1))).resolves.toBe(1);
  });

  it('starts anew after forget, and an execution from before ends nothing of the later one', async () => {
    const flight = new SingleFlight<string, number>();
    const [first, second] = [deferred<number>(), deferred<number>()];
    const before = flight.run('a', () => first.promise);
    flight.forget('a');
    const after = flight.run('a', () => second.promise);
    expect([flight.isCurrent('a', before), flight.isCurrent('a', after)]).toEqual([false, true]);
    first.resolve(1);
    await expect(before).resolves.toBe(1);
    expect(flight.run('a', async () => Promise.resolve(3))).toBe(after);
    second.resolve(2);
    await expect(after).resolves.toBe(2);
  });
});
