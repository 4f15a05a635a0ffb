import { createServer } from 'node:net';
import { StartProblem } from './problem.js';

/** Binds a port for a moment; answers the port (a free one when 0 was asked for) or the error code. */
function probe(port: number, host: string): Promise<number | string> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? 'unknown'));
    server.listen({ port, host, exclusive: true }, () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : port));
    });
  });
}

/** A port of the loopback interface that nobody listens on at this moment. */
export async function freePort(): Promise<number> {
  const port = await probe(0, '127.0.0.1');
  if (typeof port === 'number') return port;
  throw new Error(`no free port on 127.0.0.1: ${port}`);
}

/** The port the API will listen on (0 means any free one). Throws StartProblem when it is taken or not permitted. */
export async function demandPort(port: number, host: string): Promise<number> {
  const found = await probe(port, host);
  if (typeof found === 'number') return found;
  if (found === 'EADDRINUSE') {
    throw new StartProblem({
      zh: `端口 ${port} 已被占用：请停止占用它的程序，或换一个端口，例如 PORT=${port + 1} npm start`,
      en: `Port ${port} is taken: stop the program that uses it, or choose another one, for example PORT=${port + 1} npm start.`,
    });
  }
  throw new StartProblem({
    zh: `不能在 ${host} 的端口 ${port} 上监听（${found}）：请用 PORT 或 HOST 换一个`,
    en: `Cannot listen on port ${port} of ${host} (${found}): choose another one with PORT or HOST.`,
  });
}
