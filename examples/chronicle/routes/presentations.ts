import type { Request, Response } from 'express'
import { z } from 'zod'
import type { Api } from '../api.ts'
import type { Presentation } from '../data/presentations.ts'
import { generateSlides } from '../generate-slides.ts'
import { instantOf } from '../instant-of.ts'
import { readBody } from '../read-body.ts'

const SLIDES_DEFAULT = 10

const title = z.string().min(1).max(200)
const slides = z
  .array(z.strictObject({ title: z.string().max(200), body: z.string().max(5000) }))
  .max(100)
const newPresentation = z.strictObject({ title, slides: slides.default([]) })
const generation = z.strictObject({
  prompt: z.string().trim().min(1).max(10_000),
  slides: z.int().min(1).max(100).default(SLIDES_DEFAULT),
})
const changes = z.strictObject({ title: title.optional(), slides: slides.optional() })

const NO_PRESENTATION = { code: 'not_found', detail: 'There is no such presentation.' } as const

export function presentationRoutes(api: Api): void {
  const { app, guard, json, presentations, now } = api
  const path = '/api/v1/presentations'

  app.post(path, guard('presentations:create'), json, (req, res) => {
    const body = readBody(req, newPresentation)
    if (!body.ok) return guard.refuse(req, res, body.refusal)
    const made = presentations.create(req.principal.resource, { ...body.value, at: now() })
    res.status(201).json(show(made))
  })

  app.post(`${path}/generate`, guard('presentations:generate'), json, (req, res) => {
    const body = readBody(req, generation)
    if (!body.ok) return guard.refuse(req, res, body.refusal)
    const generated = generateSlides(body.value.prompt, body.value.slides)
    const made = presentations.create(req.principal.resource, { ...generated, at: now() })
    res.status(201).json(show(made))
  })

  app.get(path, guard('presentations:read'), (req, res) => {
    res.json({ data: presentations.list(req.principal.resource).map(show) })
  })

  app.get(`${path}/:id`, guard('presentations:read'), (req, res) => {
    const found = findFor(api, req, res)
    if (found !== undefined) res.json(show(found))
  })

  app.patch(`${path}/:id`, guard('presentations:update'), json, (req, res) => {
    const found = findFor(api, req, res)
    if (found === undefined) return
    const body = readBody(req, changes)
    if (!body.ok) return guard.refuse(req, res, body.refusal)
    res.json(show(presentations.update(found, { ...body.value, at: now() })))
  })
}

// Whose it is shows only when it was found, so the key is asked a second question: 403 for another workspace's, as
// the document promises, and 404 for what is nobody's.
function findFor(
  { authority, guard, presentations }: Api,
  req: Request,
  res: Response,
): Presentation | undefined {
  const found = presentations.find(String(req.params['id']))
  const refusal =
    found === undefined
      ? NO_PRESENTATION
      : authority.permits(req.principal, { resource: found.workspace })
  if (refusal === undefined) return found
  guard.refuse(req, res, refusal)
  return undefined
}

function show({ id, title: name, slides: shown, created_at, updated_at }: Presentation): object {
  return {
    id,
    title: name,
    slides: shown,
    created_at: instantOf(created_at),
    updated_at: instantOf(updated_at),
  }
}
