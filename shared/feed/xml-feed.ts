/** The one door to rss-parser: a repaired document in, what its elements say out. */
import RssParser from 'rss-parser';
import { repair } from './repair.ts';
import type { FieldName } from './fields.ts';
import { type Draft, identified } from './identity.ts';
import type { Entry, FeedDocument } from './entry.ts';
import { limits } from '../limits.ts';
