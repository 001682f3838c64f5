import { StoreRefused } from '../../refused.ts'

/** The first SQLite without the bug that damages a database when its write-ahead log is reset. */
const OLDEST = [3, 51, 3] as const

/** @throws StoreRefused `sqlite_too_old` */
export function refuseOldSqlite(version: string): void {
  const parts = version.split('.').map(Number)
  for (const [index, oldest] of OLDEST.entries()) {
    const part = parts[index] ?? 0
    if (part > oldest) return
    if (part < oldest || Number.isNaN(part)) {
      throw new StoreRefused(
        'sqlite_too_old',
        `This Node.js carries SQLite ${version}, which can damage a database (fixed in ${OLDEST.join('.')}).`,
        'Use a newer Node.js.',
      )
    }
  }
}
