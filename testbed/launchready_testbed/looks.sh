# What do looks at signed-in portals need over and over? Sourced by bash before each command of a look.
#
# BED_URL is the portal without a slash at its end, BED_QUAY the second portal, BED_SECRETS the folder of secrets, BED_IMAP the mailbox server,
# BED_TOTP a command that prints the code for a file, BED_DKIM one that verifies a letter on standard input. Cookies of NAME are kept in NAME.jar in the present folder.

# get NAME PATH [CURL OPTIONS]: asks for a page as NAME and prints its head and body.
get() { local name=$1 path=$2; shift 2; curl -si -b "$name.jar" -c "$name.jar" "$@" "$BED_URL$path"; }

# csrf NAME PATH: the token of the first form on a page.
csrf() { get "$1" "$2" | sed -n 's/.*name="csrf" value="\([^"]*\)".*/\1/p' | head -n 1; }

# submit NAME PAGE TARGET [CURL OPTIONS]: sends the form that is on PAGE to TARGET, with its token.
submit() {
  local name=$1 page=$2 target=$3
  shift 3
  get "$name" "$target" --data-urlencode "csrf=$(csrf "$name" "$page")" "$@"
}

# one_time_code NAME [STEPS]: the code that NAME's authenticator shows.
one_time_code() { $BED_TOTP "$BED_SECRETS/$1.totp" "${2:-0}"; }

# give_password NAME [CURL OPTIONS]: the first step of signing in.
give_password() {
  local name=$1
  shift
  submit "$name" /login /login --data-urlencode "email@$BED_SECRETS/$name.username" \
    --data-urlencode "password@$BED_SECRETS/$name.password" "$@"
}

# give_code NAME [STEPS]: the second step.
give_code() { submit "$1" /login/code /login/code -d "code=$(one_time_code "$1" "${2:-0}")"; }

# sign_in NAME: both steps, as far as NAME has them.
sign_in() {
  give_password "$1"
  if [ -e "$BED_SECRETS/$1.totp" ]; then give_code "$1"; fi
}

# interface NAME METHOD PATH [JSON]: asks harbour's interface to change something, with the token against forged requests.
interface() {
  local body=()
  if [ -n "${4:-}" ]; then body=(-H 'content-type: application/json' --data-binary "$4"); fi
  get "$1" "/api/v1$3" -X "$2" -H "x-csrf-token: $(csrf "$1" /profile)" "${body[@]}"
}

# session_of NAME: the value of NAME's session cookie.
session_of() { awk '$6 ~ /session/ { value = $7 } END { print value }' "$1.jar"; }

# mail NAME [NUMBER]: the last message in NAME's mailbox, or the one of that number, as it was sent.
mail() {
  local user
  user="$(cat "$BED_SECRETS/$1.username"):$(cat "$BED_SECRETS/$1.mailbox")"
  curl -s --user "$user" "$BED_IMAP/INBOX;MAILINDEX=${2:-*}"
}

# mailbox NAME COMMAND: what the mail server answers to an IMAP command on NAME's mailbox.
mailbox() {
  curl -s --user "$(cat "$BED_SECRETS/$1.username"):$(cat "$BED_SECRETS/$1.mailbox")" "$BED_IMAP/" -X "$2"
}

# mailbox_by_token NAME COMMAND: the same, signed in with the token instead of the password.
mailbox_by_token() {
  curl -s --user "$(cat "$BED_SECRETS/$1.username"):" --oauth2-bearer "$(cat "$BED_SECRETS/$1.token")" \
    --login-options AUTH=XOAUTH2 "$BED_IMAP/" -X "$2"
}

# mail_in NAME FOLDER [NUMBER]: the same from another folder.
mail_in() {
  local user
  user="$(cat "$BED_SECRETS/$1.username"):$(cat "$BED_SECRETS/$1.mailbox")"
  curl -s --user "$user" "$BED_IMAP/$(printf '%s' "$2" | sed 's/ /%20/g; s/\[/%5B/g; s/\]/%5D/g; s/\//%2F/g');MAILINDEX=${3:-*}"
}

# head_of NAME FIELD [NUMBER]: the fields of that name in the message, unfolded, each on a line of its own.
head_of() {
  mail "$1" "${3:-*}" | tr -d '\r' | sed '/^$/q' | sed -e ':a' -e 'N' -e '$!ba' -e 's/\n[ \t]\+/ /g' | grep -i "^$2:"
}

# signature NAME [NUMBER]: what dkimpy says of each signature of the message; keys come from the bed.
signature() { mail "$@" | $BED_DKIM; }

# link NAME [NUMBER]: the first link in that message.
link() { mail "$@" | tr -d '\r' | sed -n 's/^\(https:[^ ]*\)$/\1/p' | head -n 1; }

# at_provider NAME ADDRESS: signs in at the identity provider's page of that address, and prints the answer.
at_provider() {
  local page=$1.provider.html
  curl -s -b "$1.provider.jar" -c "$1.provider.jar" -o "$page" "$2"
  local fields=()
  while IFS='=' read -r field value; do fields+=(--data-urlencode "$field=$value"); done < <(
    sed -n 's/.*type="hidden" name="\([^"]*\)" value="\([^"]*\)".*/\1=\2/p' "$page" | sed 's/&amp;/\&/g'
  )
  curl -si -b "$1.provider.jar" -c "$1.provider.jar" "${fields[@]}" --data-urlencode "email@$BED_SECRETS/$1.username" \
    --data-urlencode "password@$BED_SECRETS/$1.provider" "${2%%\?*}"
}

# location: the address in the Location of the answer on standard input.
location() { tr -d '\r' | sed -n 's/^[Ll]ocation: //p' | tail -n 1; }

# quay NAME PATH [CURL OPTIONS]: asks quay's interface as NAME, with the token in NAME.token if there is one.
quay() {
  local name=$1 path=$2
  shift 2
  local token=()
  if [ -e "$name.token" ]; then token=(-H "authorization: Bearer $(cat "$name.token")"); fi
  curl -si -b "$name.quay.jar" -c "$name.quay.jar" "${token[@]}" "$@" "$BED_QUAY/api/v2$path"
}

# quay_send NAME PATH JSON [CURL OPTIONS]: posts a body to it.
quay_send() {
  local name=$1 path=$2 body=$3
  shift 3
  quay "$name" "$path" -H 'content-type: application/json' --data-binary "$body" "$@"
}

# quay_password NAME: the first step of signing in to it.
quay_password() {
  quay_send "$1" /auth/login \
    "$(printf '{"email": "%s", "password": "%s"}' "$(cat "$BED_SECRETS/$1.username")" "$(cat "$BED_SECRETS/$1.password")")"
}

# quay_keep NAME: prints the answer on standard input, and keeps the access token in it.
quay_keep() { tee "$1.answer"; sed -n 's/.*"access_token": *"\([^"]*\)".*/\1/p' "$1.answer" > "$1.token"; }

# quay_sign_in NAME: both steps, as far as NAME has them.
quay_sign_in() {
  quay_password "$1" | quay_keep "$1"
  if [ -e "$BED_SECRETS/$1.totp" ]; then
    local ticket
    ticket=$(sed -n 's/.*"ticket": *"\([^"]*\)".*/\1/p' "$1.answer")
    rm -f "$1.token"
    quay_send "$1" /auth/second-factor "$(printf '{"ticket": "%s", "code": "%s"}' "$ticket" "$(one_time_code "$1")")" \
      | quay_keep "$1"
  fi
}

# quay_both: the two clients of quay, signed in.
quay_both() {
  quay_sign_in tess > /dev/null &
  quay_sign_in ugo > /dev/null
  wait
}

# quay_first NAME PATH FIELD: the first value of FIELD in what quay answers NAME.
quay_first() { quay "$1" "$2" | grep -o "\"$3\":\"[^\"]*\"" | head -n 1 | cut -d'"' -f4; }

# quay_node KIND ID: what GraphQL calls a record.
quay_node() { printf '%s:%s' "$1" "$2" | base64 -w0; }

# quay_graph NAME QUERY [VALUE]: asks in GraphQL as NAME; VALUE stands for the variable $id.
quay_graph() { quay_send "$1" /graphql "$(printf '{"query": "%s", "variables": {"id": "%s"}}' "$2" "${3:-}")"; }

# part_of NAME NUMBER: one of the three parts of NAME's token; armoured, as it came.
part_of() { cut -d. -f"$2" "$1.token"; }

# armoured: standard input in base64 for addresses, as tokens are written.
armoured() { base64 -w0 | tr '+/' '-_' | tr -d '='; }
