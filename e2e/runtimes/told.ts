// What the story says, to the letter. Addresses, the home folder and the key's first letters stand for themselves.

/** On every runtime, a browser among them. */
export const OVER_HTTP = `agent agt_1
agent agt_2
agt_1, 200, request req_1
waits 3000 ms
then free
uploaded 3 bytes, no type, named
uploaded 100000 bytes, no type, named
uploaded 5 bytes, text/plain, named
uploaded some bytes, multipart/form-data, named
AuthenticationError: Nobody knows this key. (401 unknown_key, request req_1) The credential came from apiKey.
a 401 is an AuthenticationError: true
it knows apiKey, req_1
another origin: redirected
it says what to do: true
no answer in time is a TimeoutError: true
Error: enough
ConfigError: Acme is not configured: there is no api_key; set ACME_API_KEY, or run 'acme login', or pass apiKey.
and is a ConfigError: true
acme… {"secret":"acme…"} true
api_key: acme_user_7hQp… of apiKey
server_url: http://api of serverUrl, hides https://api.acme.example of default
max_upload_workers: 2 of default
`

/** Where there are an environment and files. */
export const WITH_FILES = `# YAML files, and a variable before them
api_key: acme_user_Qm4W… of ~/.birch/credentials.yaml:1
server_url: http://api of ~/.birch/config.yaml:3, hides https://api.acme.example of default
max_upload_workers: 4 of BIRCH_MAX_UPLOAD_WORKERS, hides 3 of ~/.birch/config.yaml:2, hides 2 of default
warning: ~/.birch/credentials.yaml holds a secret and others could read it (mode 644); it is mode 600 now
AuthenticationError: Nobody knows this key. (401 unknown_key, request req_1) The credential came from ~/.birch/credentials.yaml:1.
from ~/.birch/credentials.yaml:1
# profiles in a JSON file
api_key: acme_user_Qm4W… of ~/.config/cedar/config.json:1 (default)
server_url: http://api of ~/.config/cedar/config.json:1 (default), hides https://api.acme.example of default
max_upload_workers: 2 of default
# another profile, and one that is not there
api_key: acme_user_Qm4W… of ~/.config/cedar/config.json:1 (other)
server_url: http://api of ~/.config/cedar/config.json:1 (other), hides https://api.acme.example of default
max_upload_workers: 7 of ~/.config/cedar/config.json:1 (other), hides 2 of default
AuthenticationError: Nobody knows this key. (401 unknown_key, request req_1) The credential came from ~/.config/cedar/config.json:1 (other).
from ~/.config/cedar/config.json:1 (other)
ConfigError: Cedar is not configured:
  the profile argument names the profile 'none', which ~/.config/cedar/config.json does not have; use one of default, other.
  there is no api_key; set CEDAR_API_KEY, or run 'acme login', or pass apiKey.
# a file that others can write
ConfigError: Dogwood is not configured:
  ~/.config/dogwood/config.json can be changed by others (mode 666); look at what it says, then run: chmod go-w ~/.config/dogwood/config.json.
  there is no api_key; set DOGWOOD_API_KEY, or run 'acme login', or pass apiKey.
api_key: none
server_url: https://api.acme.example of default
max_upload_workers: 2 of default
unsafe_file: ~/.config/dogwood/config.json can be changed by others (mode 666)
missing_setting: there is no api_key
# nobody there
ConnectionError: http://nobody gave no whole answer: nothing listens there.
`
