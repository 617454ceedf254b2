import { poolById } from '../engine/pools/pool-lookup.js';
import {
  createTerms,
  describeTerms,
  summarizeTerms,
  termsById,
  termsOfClient,
  updateTerms,
} from '../engine/terms/terms.js';
import type { OperationTable } from './operation.js';
import { recordPage } from './pages.js';
import { poolAndClient } from './pool-and-client.js';

/** Terms documents of app clients: create, describe, update, delete and list. */
export const termsOperations: OperationTable<
  'CreateTerms' | 'DescribeTerms' | 'DescribeTermsByClient' | 'UpdateTerms' | 'DeleteTerms' | 'ListTerms'
> = {
  CreateTerms: {
    handle: (environment, { TermsName: name, TermsSource: source, Enforcement: enforcement, ...input }) => {
      const { pool, client } = poolAndClient(environment, input);
      const values = { name, source, enforcement, links: input.Links ?? {} };
      return { Terms: describeTerms(pool, createTerms(environment, pool, client.id, values)) };
    },
  },
  DescribeTerms: {
    handle: (environment, { UserPoolId, TermsId }) => {
      const pool = poolById(environment, UserPoolId);
      return { Terms: describeTerms(pool, termsById(pool, TermsId)) };
    },
  },
  DescribeTermsByClient: {
    handle: (environment, { TermsName, ...input }) => {
      const { pool, client } = poolAndClient(environment, input);
      return { Terms: describeTerms(pool, termsOfClient(pool, client.id, TermsName)) };
    },
  },
  UpdateTerms: {
    handle: (environment, { UserPoolId, TermsId, TermsName, TermsSource, Enforcement, Links }) => {
      const pool = poolById(environment, UserPoolId);
      const terms = termsById(pool, TermsId);
      updateTerms(environment, pool, terms, {
        ...(TermsName !== undefined && { name: TermsName }),
        ...(TermsSource !== undefined && { source: TermsSource }),
        ...(Enforcement !== undefined && { enforcement: Enforcement }),
        ...(Links !== undefined && { links: Links }),
      });
      return { Terms: describeTerms(pool, terms) };
    },
  },
  DeleteTerms: {
    handle: (environment, { UserPoolId, TermsId }) => {
      const pool = poolById(environment, UserPoolId);
      pool.terms.delete(termsById(pool, TermsId).id);
      return {};
    },
  },
  ListTerms: {
    handle: (environment, { UserPoolId, MaxResults, NextToken }) => {
      const pool = poolById(environment, UserPoolId);
      const { items, next } = recordPage(pool.terms, MaxResults, NextToken);
      return { Terms: items.map(summarizeTerms), NextToken: next };
    },
  },
};
