# One image for api, worker, bank simulator and the `tranche` command; docker-compose.yml says which of them a container runs.

FROM node:20-bookworm-slim AS build
WORKDIR /app
COPY . .
RUN npm ci --include=dev --no-audit --no-fund \
 && node node_modules/typescript/bin/tsc -b \
 && node tools/programs.mjs \
 && node tools/site.mjs \
 && npm prune --omit=dev --no-audit --no-fund

FROM node:20-bookworm-slim
ENV NODE_ENV=production
WORKDIR /app
# Owned by root and only readable to the process: a break-in cannot change the program.
COPY --from=build /app/package.json ./package.json
COPY --from=build /app/node_modules ./node_modules
COPY --from=build /app/dist ./dist
COPY --from=build /app/libs ./libs
COPY --from=build /app/apps ./apps
COPY --from=build /app/tools ./tools
COPY --from=build /app/third_party ./third_party
# The only place a process may write to: the worker's checkpoints, the simulated bank's book.
RUN mkdir /data && chown node:node /data
VOLUME /data
USER node
CMD ["node", "dist/api.js"]
