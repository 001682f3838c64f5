/** The script for PowerShell, on Windows and elsewhere: `Register-ArgumentCompleter` for a native program. */
import type { Words } from './words.ts'

export function powershellScript(given: Words): string {
  const { name, following, valued, beforeLogin, loginFlags } = given
  const words = [...following].map(([before, after]) => caseOf(before, after.words))
  const flags = [...following].map(([before, after]) => caseOf(before, after.flags))
  return `Register-ArgumentCompleter -Native -CommandName ${quoted(name)} -ScriptBlock {
  param($wordToComplete, $commandAst, $cursorPosition)
  $words = @{
${words.join('\n')}
  }
  $flags = @{
${flags.join('\n')}
  }
  $following = if ($wordToComplete.StartsWith('-')) { $flags } else { $words }
  $valued = @(${listOf(valued)})
  $path = @()
  $previous = ''
  foreach ($element in ($commandAst.CommandElements | Select-Object -Skip 1)) {
    if ($element.Extent.EndOffset -ge $cursorPosition) { break }
    $text = $element.Extent.Text
    if (($valued -notcontains $previous) -and (-not $text.StartsWith('-'))) { $path += $text }
    $previous = $text
  }
  $command = $path -join ' '
  $offered = @()
  $isLogin = @(${listOf(loginFlags)}) -contains $previous
  if ($valued -notcontains $previous) {
    if ($following.ContainsKey($command)) { $offered += $following[$command] }
    $isLogin = @(${listOf(beforeLogin)}) -contains $command
  }
  if ($isLogin) {
    $cache = if ($env:LOCALAPPDATA) { $env:LOCALAPPDATA } elseif ($env:XDG_CACHE_HOME) { $env:XDG_CACHE_HOME } else { "$HOME/.cache" }
    $file = "$cache/${name}/logins"
    if (Test-Path -LiteralPath $file) { $offered += @(Get-Content -LiteralPath $file) }
  }
  $offered | Where-Object { $_.StartsWith($wordToComplete, [StringComparison]::Ordinal) } | ForEach-Object {
    [System.Management.Automation.CompletionResult]::new($_, $_, 'ParameterValue', $_)
  }
}`
}

function caseOf(before: string, words: readonly string[]): string {
  return `    ${quoted(before)} = @(${listOf(words)})`
}

function listOf(words: readonly string[]): string {
  return words.map(quoted).join(', ')
}

/** A single quote in a name would end the text. */
function quoted(word: string): string {
  return `'${word.replaceAll("'", "''")}'`
}
