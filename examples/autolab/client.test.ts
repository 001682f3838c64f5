// The client against the control node: what a program does with a token.

import { TestClock } from '@keywright/core/testing'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { rememberSecret } from '../../tools/canary/registry.ts'
import { AuthenticationError, AutoLab, ConfigError, PermissionDeniedError } from './client.ts'
import type { StartedApp } from './testing/start-app.ts'
import { startApp } from './testing/start-app.ts'

const NOWHERE = { env: {}, home: undefined, files: undefined }

let app: StartedApp

beforeEach(async () => {
  app = await startApp(new TestClock())
})

afterEach(() => app.close())

/** With alice's token, unless another is named, and nothing of this machine's settings. */
function clientOf(token = app.alice.token): AutoLab {
  return new AutoLab({ serverUrl: app.url, token, host: NOWHERE })
}

describe('the client', () => {
  test('A2: takes AUTOLAB_TOKEN, and without any token throws before it asks anybody', async () => {
    const env = { AUTOLAB_SERVER_URL: app.url, AUTOLAB_TOKEN: app.alice.token }
    const lab = AutoLab.fromEnv({ host: { ...NOWHERE, env } })
    expect((await lab.me.scopes()).person?.name).toBe('Alice')
    expect(() => AutoLab.fromEnv({ host: NOWHERE })).toThrow(ConfigError)
    expect(() => AutoLab.fromEnv({ host: NOWHERE })).toThrow(/autolab login/)
  })

  test('A3, A4: makes a token that acts as the person, once, and ends it', async () => {
    const lab = clientOf()
    const made = await lab.tokens.create({ name: 'gpu-box', expiresIn: 3600 })
    rememberSecret(made.token.reveal())
    expect(JSON.stringify(made)).not.toContain(made.token.reveal())
    const box = clientOf(made.token.reveal())
    expect((await box.me.scopes()).person?.name).toBe('Alice')
    const names = new Set<string | null>()
    for await (const { name } of lab.tokens.list()) names.add(name)
    expect(names).toEqual(new Set(['first', 'gpu-box']))
    expect((await lab.tokens.revoke('gpu-box')).revoked_at).toMatch(/^20/)
    await expect(box.me.scopes()).rejects.toBeInstanceOf(AuthenticationError)
  })

  test('A5: registers a node where the role allows it', async () => {
    const vera = await app.join('Vera', 'viewer')
    const project = clientOf().project('alice/nanochat')
    const node = await project.registerNode('gpu-box')
    expect(node).toMatchObject({ name: 'gpu-box', registered_by: 'alice' })
    expect((await project.registerNode('gpu-box')).id).toBe(node.id)
    const seen = clientOf(vera.token).project('alice/nanochat')
    expect((await seen.nodes()).data).toHaveLength(1)
    await expect(seen.registerNode('mine')).rejects.toBeInstanceOf(PermissionDeniedError)
    expect(await project.setRole('vera', 'researcher')).toEqual({
      handle: 'vera',
      role: 'researcher',
    })
    expect((await seen.registerNode('mine')).registered_by).toBe('vera')
    await project.removeMember('vera')
    expect((await project.members()).data).toEqual([{ handle: 'alice', role: 'owner' }])
    await expect(seen.get()).rejects.toMatchObject({ status: 404 })
  })

  test('A7: a project thinks with the platform key', async () => {
    const lab = clientOf()
    const { project } = await lab.projects.create('tiny')
    expect(await lab.project(project).useProviderKey(null)).toEqual({ key: null, model: null })
    const refused = lab.project(project).useProviderKey('personal', 'openai/gpt-5.5')
    await expect(refused).rejects.toMatchObject({ status: 501, code: 'not_offered' })
    expect((await lab.projects.list()).data.map((each) => each.project)).toContain('alice/tiny')
  })

  test('names a project as OWNER/NAME, or not at all', () => {
    expect(() => clientOf().project('nanochat')).toThrow(/OWNER\/NAME/)
  })
})
