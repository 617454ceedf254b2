import { ALL_CASES } from './cases/all-cases.js';
import { describeRoutes } from './support/describe-routes.js';

describeRoutes('express', ALL_CASES);
