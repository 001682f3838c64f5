import { describe, expect, test } from 'vitest'
import { writeCalendar } from './write-calendar.ts'

const event = {
  id: 'evt_1',
  agent_id: 'agt_1',
  calendar_id: 'cal_1',
  title: 'Lunch; then, a walk\nEND:VEVENT',
  starts_at: Date.UTC(2026, 10, 21, 12),
  ends_at: Date.UTC(2026, 10, 21, 13),
  created_at: Date.UTC(2026, 10, 20),
}

describe('a calendar as text', () => {
  test('has one VEVENT for each event, and a title cannot end it', () => {
    const lines = writeCalendar([event]).split('\r\n')
    expect(lines).toContain('DTSTART:20261121T120000Z')
    expect(lines).toContain('DTEND:20261121T130000Z')
    expect(lines).toContain('SUMMARY:Lunch\\; then\\, a walk\\nEND:VEVENT')
    expect(lines.filter((line) => line === 'END:VEVENT')).toHaveLength(1)
    expect(lines.slice(-2)).toEqual(['END:VCALENDAR', ''])
  })

  test('has no line of more than 75 octets, and unfolds to what it was', () => {
    const text = writeCalendar([{ ...event, title: 'Čaj s přáteli '.repeat(20) }])
    for (const line of text.split('\r\n')) expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75)
    expect(text.replaceAll('\r\n ', '')).toContain(`SUMMARY:${'Čaj s přáteli '.repeat(20)}`)
  })
})
