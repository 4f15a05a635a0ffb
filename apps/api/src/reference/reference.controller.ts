import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { Controller, Get, Header, Inject, Param, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { json, text } from '../fields/fields.js';
import { Operation } from '../http/operation.js';
import { Problem } from '../http/problem.js';
import { problemKinds } from '../http/problem-codes.js';
import { API_DOCUMENT } from '../ports.js';

const page = `<!doctype html>
<html lang="zh"><head><meta charset="utf-8"><title>分期拨 Tranche · API</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="stylesheet" href="/reference/swagger-ui.css"></head>
<body><div id="reference"></div>
<script src="/reference/swagger-ui-bundle.js"></script>
<script src="/reference/start.js"></script></body></html>`;

const start = `SwaggerUIBundle({ url: '/api/openapi.json', dom_id: '#reference', deepLinking: true, docExpansion: 'none', validatorUrl: null });`;

const assets: Readonly<Record<string, string>> = { 'swagger-ui.css': 'text/css', 'swagger-ui-bundle.js': 'text/javascript' };
const assetPath = z.strictObject({ file: z.string().max(64) });
const problemList = z.array(z.object({ code: z.string(), status: z.number().int(), title: text, detail: text }));

/** The browsable API reference; all of it is served from here, nothing from elsewhere. */
@Controller()
export class ReferenceController {
  private readonly folder = dirname(createRequire(import.meta.url).resolve('swagger-ui-dist/package.json'));

  constructor(@Inject(API_DOCUMENT) private readonly document: () => Record<string, unknown>) {}

  @Get('reference')
  @Header('content-type', 'text/html; charset=utf-8')
  @Operation({ summary: { zh: '接口说明页', en: 'API reference for people' }, media: 'text/html' })
  reference(): string {
    return page;
  }

  @Get('reference/:file')
  @Operation({ summary: { zh: '说明页的文件', en: 'Files of the reference page' }, media: 'text/javascript' })
  async asset(@Param({ schema: assetPath }) { file }: z.infer<typeof assetPath>, @Res() reply: FastifyReply): Promise<void> {
    const type = file === 'start.js' ? 'text/javascript' : assets[file];
    if (type === undefined) throw new Problem('route-unknown');
    const content = file === 'start.js' ? start : await readFile(join(this.folder, file));
    await reply.header('content-type', `${type}; charset=utf-8`).header('cache-control', 'max-age=3600').send(content);
  }

  @Get('api/openapi.json')
  @Operation({ summary: { zh: 'OpenAPI 3.1 文档', en: 'OpenAPI 3.1 document' }, answer: json })
  openapi(): Record<string, unknown> {
    return this.document();
  }

  @Get('api/problems')
  @Operation({ summary: { zh: '全部错误代码', en: 'Every problem code' }, answer: problemList })
  problems() {
    return Object.entries(problemKinds).map(([code, { status, title, detail }]) => ({ code, status, title, detail }));
  }
}
