/** A promise whose rejection nobody handles ends a Node process: here it fails the test file that caused it. */
const rejections: unknown[] = [];
const record = (reason: unknown): void => {
  rejections.push(reason);
};

beforeAll(() => {
  process.on('unhandledRejection', record);
});

afterAll(async () => {
  // Node reports a rejection after the microtasks of the turn in which it happened.
  await new Promise((resolve) => setImmediate(resolve));
  process.off('unhandledRejection', record);
  expect(rejections).toEqual([]);
});
