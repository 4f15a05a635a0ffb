// The least a GET of a case can be: Fastify, one SELECT by primary key, no sign-in, no validation, no row security.

import Fastify from 'fastify';
import pg from 'pg';

const pool = new pg.Pool({ connectionString: process.env.DATABASE_URL, max: 10 });
const app = Fastify();
app.get('/case/:id', async (request) => {
  const { rows } = await pool.query({
    name: 'case',
    text: 'SELECT id, case_no, state, standing, version, snapshot FROM cases WHERE id = $1',
    values: [request.params.id],
  });
  return rows[0];
});
await app.listen({ host: '127.0.0.1', port: Number(process.env.PORT) });
