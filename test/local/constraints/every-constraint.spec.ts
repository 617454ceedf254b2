import { checkRequest } from '../../../lib/local/constraints/check-request.js';
import { OPERATION_NAMES } from '../../../lib/local/constraints/shapes.js';
import { inputShapeOf } from '../../../lib/local/constraints/shapes.js';
import { type LocalService, startLocalService } from '../local-service.js';
import { call, refusal } from '../wire.js';
import { type BrokenRequest, brokenRequests } from './broken-requests.js';
import { validValue } from './sample-values.js';

const requests = OPERATION_NAMES.flatMap(brokenRequests);

function messageOf({ violations }: BrokenRequest): string {
  return `${violations.length} validation error${violations.length === 1 ? '' : 's'} detected: ${violations.join('; ')}`;
}

describe('each constraint of each operation', () => {
  let service: LocalService;

  beforeAll(async () => {
    service = await startLocalService();
  });

  afterAll(() => service.stop());

  it.each(OPERATION_NAMES)('%s accepts the least valid request', (operation) => {
    expect(() => {
      checkRequest(operation, validValue(inputShapeOf(operation)) as Record<string, unknown>);
    }).not.toThrow();
  });

  it.each(OPERATION_NAMES)('%s reports a broken constraint before anything is looked up', async (operation) => {
    for (const request of brokenRequests(operation)) {
      const expected = refusal('InvalidParameterException', messageOf(request));
      await expect(call(service.cognito.endpoint, operation, request.input)).resolves.toMatchObject(expected);
    }
  });

  it('is tried', () => {
    process.stdout.write(`${requests.length} constraints of ${OPERATION_NAMES.length} operations are checked.\n`);
    expect(OPERATION_NAMES).toHaveLength(140);
    expect(requests.length).toBeGreaterThan(1506);
  });
});
