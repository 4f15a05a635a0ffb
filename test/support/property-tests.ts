// Every property test of a run draws from one seed, so that a run finds the same things each time.

import fc from 'fast-check';
import { propertySeed } from './property-seed.js';

fc.configureGlobal({ seed: propertySeed(process.env) });
