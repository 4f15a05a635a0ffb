import multipart from '@fastify/multipart';
import rateLimit from '@fastify/rate-limit';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { LogController } from 'fastify';
import { v7 } from 'uuid';
import { type ApiParts, apiModule } from './api.module.js';
import { controllersFor } from './controllers.js';
import { answerBrokenWire, answerProblem } from './http/problem.filter.js';
import { observeRequests, requestLog, tellTimes } from './http/request-log.js';
import { routesOf } from './http/route-list.js';
import { securityHeaders, sendHeaders } from './http/security-headers.js';
import { refuseUnstorableText } from './http/text-check.js';
import { refuseUnexpectedBodies } from './http/unexpected-body.js';
import { uploadLimit } from './http/upload.js';
import { openMetrics } from './operations/metrics.js';
import { serveSite } from './site/site.js';

const bodyLimit = 1024 * 1024;

/** The HTTP application on an opened house; the caller listens or injects, and closes it. */
export async function createApplication(parts: ApiParts): Promise<NestFastifyApplication> {
  const { settings } = parts;
  const metrics = openMetrics();
  const adapter = new FastifyAdapter({
    bodyLimit,
    logger: requestLog(settings.logLevel),
    logController: new LogController({ disableRequestLogging: true }),
    requestIdHeader: false,
    genReqId: () => v7(),
    requestTimeout: 30_000,
    // what is in flight is finished; nobody gets an answer that is no problem document
    return503OnClosing: false,
    onProtoPoisoning: 'error',
    routerOptions: { maxParamLength: 200 },
    frameworkErrors: answerProblem,
    clientErrorHandler: answerBrokenWire,
  });
  const application = await NestFactory.create<NestFastifyApplication>(apiModule(parts, metrics), adapter, {
    logger: false,
    abortOnError: false,
  });
  await application.register(multipart, { limits: { files: 1, fileSize: uploadLimit, fields: 10, fieldSize: 10_000, parts: 11 } });
  await application.register(rateLimit, { global: false, max: settings.loginsPerMinute, timeWindow: 60_000 });
  const fastify = application.getHttpAdapter().getInstance();
  sendHeaders(fastify, await securityHeaders(settings.sandbox));
  refuseUnstorableText(fastify);
  refuseUnexpectedBodies(fastify, routesOf(controllersFor(settings.sandbox)));
  observeRequests(fastify, metrics);
  if (settings.sandbox) tellTimes(fastify);
  if (settings.siteDir !== null) await serveSite(application, settings.siteDir);
  await application.init();
  await fastify.ready();
  return application;
}
