#!/bin/sh
# Makes what compose.yaml needs beside it: an authority and a certificate for TLS, and a user with a random password.
# sh prepare.sh <name or address that the hosts reach it by>
set -eu
umask 077
cd "$(dirname "$0")"
name=${1:?name the host by which Redis is reached, such as redis.example.org or 192.168.1.20}
if [ -e secret ]; then
  echo "There is a folder 'secret' already: remove it to begin anew; every host must then be told the new password." >&2
  exit 1
fi
case $name in
  *[!0-9.:a-fA-F]*) alternative="DNS:$name" ;;
  *[.:]*) alternative="IP:$name" ;;
  *) alternative="DNS:$name" ;;
esac
mkdir -p secret data
openssl req -x509 -newkey rsa:3072 -nodes -days 3650 -subj "/CN=AgentCoord Redis authority" \
  -addext "basicConstraints=critical,CA:TRUE" -addext "keyUsage=critical,keyCertSign" \
  -keyout secret/ca.key -out secret/ca.crt 2>/dev/null
openssl req -newkey rsa:3072 -nodes -subj "/CN=$name" -keyout secret/redis.key -out secret/redis.csr 2>/dev/null
printf 'subjectAltName=%s,DNS:localhost,IP:127.0.0.1\nextendedKeyUsage=serverAuth\n' "$alternative" > secret/redis.ext
openssl x509 -req -in secret/redis.csr -CA secret/ca.crt -CAkey secret/ca.key -CAcreateserial -days 825 \
  -extfile secret/redis.ext -out secret/redis.crt 2>/dev/null
rm secret/redis.csr secret/redis.ext
openssl rand -hex 32 > secret/password
hash=$(tr -d '\n' < secret/password | openssl dgst -sha256 -r | cut -d ' ' -f 1)
{
  echo 'user default off'
  echo "user agentcoord on #$hash ~agentcoord:* -@all +evalsha +eval +xadd +xrange +xread +hget +hset +hmget +hgetall +set +getrange +exists +del +hkeys +xtrim +zadd +zmscore +zremrangebyscore +time +info +ping +hello"
} > secret/users.acl
printf 'REDIS_USER=%s:%s\nREDIS_BIND=0.0.0.0\n' "$(id -u)" "$(id -g)" > .env
echo "Done. Start it:          docker compose up -d"
echo "On each host, with a copy of secret/ca.crt, the password on standard input or typed:"
echo "                         agentcoord redis set rediss://agentcoord@$name:6379 --ca ca.crt < secret/password"
