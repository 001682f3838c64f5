import { z } from 'zod'
import { json, problems } from '../../answer/documented.ts'
import type { RoutesApp } from '../app.ts'

/** @param read makes the document when all routes are known */
export function openapiRoute(app: RoutesApp, read: () => object): void {
  let document: Buffer | undefined
  app.route({
    method: 'GET',
    url: '/openapi.json',
    schema: {
      operationId: 'openapi',
      summary: 'This document',
      response: {
        200: json('OpenAPI 3.1.', z.looseObject({ openapi: z.string() })),
        ...problems(500),
      },
    },
    handler: async (_request, reply) => {
      document ??= Buffer.from(JSON.stringify(read()))
      reply.code(200).header('content-type', 'application/json; charset=utf-8')
      return reply.send(document as never)
    },
  })
}
