import { poolByArn } from '../engine/pools/pool-arn.js';
import { addTags, removeTags, tagsOf } from '../engine/pools/tags.js';
import type { OperationTable } from './operation.js';

/** Tags of user pools: add, remove and list. */
export const tagOperations: OperationTable<'TagResource' | 'UntagResource' | 'ListTagsForResource'> = {
  TagResource: {
    handle: (environment, { ResourceArn, Tags }) => {
      addTags(poolByArn(environment, ResourceArn), Tags);
      return {};
    },
  },
  UntagResource: {
    handle: (environment, { ResourceArn, TagKeys }) => {
      removeTags(poolByArn(environment, ResourceArn), TagKeys);
      return {};
    },
  },
  ListTagsForResource: {
    handle: (environment, { ResourceArn }) => ({ Tags: { ...tagsOf(poolByArn(environment, ResourceArn)) } }),
  },
};
