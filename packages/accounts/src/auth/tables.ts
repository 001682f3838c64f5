/** The columns that are read and written without Better Auth. The whole tables are in storage's migration. */
export type AccountTables = {
  account_attempts: { subject: string; count: number; ends_at: number }
  account_sessions: { id: string; last_used_at: number | null }
  account_totp: { user_id: string; secret: string; last_step: number | null }
  account_users: { id: string; person_id: string | null }
}
