"""Passwords as people write them, and what stands in for one, made from words, names, years and habits.

Two halves that share no word: one to train on, one to measure on."""
import random

_WORDS = """summer winter spring autumn monday friday sunday august october december sunshine rainbow thunder dragon
shadow monkey tiger falcon eagle panther wolf hunter ranger cowboy soccer hockey baseball football tennis golf
guitar piano violin drummer coffee cookie banana cherry orange lemon ginger pepper butter cheese chicken pizza
purple silver golden crimson yellow indigo castle bridge river mountain forest ocean island desert valley canyon
rocket saturn jupiter galaxy comet planet orbit meteor laser turbo nitro matrix cyber vortex phoenix griffin
staple battery horse correct window mirror candle blanket pillow garden kitchen cellar ladder hammer anvil
london paris berlin madrid vienna dublin boston denver dallas seattle chicago toronto sydney tokyo moscow
liberty freedom justice victory courage wisdom fortune destiny harmony miracle wonder mystery whisper velvet
mustang camaro ferrari porsche harley yamaha suzuki corvette pirate ninja samurai wizard knight merlin gandalf
frodo batman joker sherlock kermit garfield snoopy pokemon zelda mario luigi vader yoda spock kirk picard
letmein iloveyou trustno welcome access master princess superman starwars whatever computer internet
michael jennifer thomas jessica andrew ashley daniel amanda robert melissa william nicole charlie maggie
oliver sophie jack emily george hannah harry alice peter anna martin laura stefan julia marco elena pedro lucia
sommer schatz passat hallo katze hund blume sonne stern berge fussball bayern hamburg koeln wasser feuer
soleil amour chaton bonjour loulou doudou marseille azerty camille juliette corazon estrella amigo tequila
admin root system oracle backup deploy jenkins service staging cluster gateway router switch server database
verano invierno playa gitano cielo luna gato perro noche madrid sevilla bogota lima quito chile peru cuba
futebol cerveja amizade saudade praia floresta menina lisboa porto brasil carioca gremio santos vasco
amore bella ciao napoli torino venezia vespa gelato calcio inter lazio stella nonna pasta mamma
kwiatek slonko misiek gdansk krakow polska zlotowka wiosna zima lato jesien ogrod kot pies
zima leto solnce moskva rossiya zvezda medved volga kosmos sputnik baikal ivan sergei olga dmitri
ankara izmir fener besiktas kartal aslan deniz gunes cicek kedi bursa antalya sevgi canim
shanghai beijing xiaoming longlong huahua panda jade lotus mahjong sakura tokyo kyoto samurai neko usagi
mumbai delhi chennai shanti ganga raja rani diwali mango chai masala tulsi bharat
zomer winter tulp fiets kaas klomp haven gracht oranje ajax jansen koekje sommar midsommar fika tomte bamse
acme globex initech umbrella hooli contoso northwind vandelay cyberdyne wonka tyrell soylent""".split()
_SHORT = """joe max sam tom amy leo zoe kim ben dan ann bob cat dog sun sky red blue moon star king love hope fire
ice rock jazz funk neo bug fox owl bee ant ape elf orc""".split()
_MARKS = "!!!!!@#$*?.-_+%&"
_LEET = str.maketrans("aeios", "4310$")
_LEETS = (_LEET, str.maketrans("aeio", "@3!0"), str.maketrans("s", "$"), str.maketrans("o", "0"), str.maketrans("a", "@"),
          str.maketrans("ei", "31"))

_STAND_INS = """password PASSWORD passwd Password secret SECRET token changeme change-me change_me changeit CHANGEME
replaceme replace-me REPLACE_ME your-password your_password yourpassword YOUR_PASSWORD your-secret YOUR_SECRET_KEY
your-token-here your_api_key YOUR_API_KEY your-api-key-here insert-password-here enter-your-password
<password> <PASSWORD> <your-password> <token> [password] xxxxxxxx XXXXXXXX xxxx-xxxx-xxxx ******** ...........
example example-password examplepassword sample dummy dummypassword placeholder PLACEHOLDER todo TODO fixme
none null undefined string test testing testpass foobar foo-bar foobarbaz lorem-ipsum my-password mypassword
my_secret mysecret my-secret-key the-password some-password some_secret_value password_here db_password
user_password admin_password DB_PASSWORD API_KEY_HERE redacted REDACTED hidden masked fake-token fake_password
not-a-secret notasecret no-password default value key username login not-set unset empty required optional
${PASSWORD} $PASSWORD %PASSWORD% {{password}} {password} #{password} %(password)s env:PASSWORD""".split()


_USUAL = "pass Password admin Pass password Admin Welcome root secret welcome login Test Passw0rd test Secret user".split()
_OWNERS = "my your the some new old db user admin app test our api service client root default example this any".split()
_KINDS = "password passwd pass secret token key api-key secret-key access-token pwd passphrase credential".split()
_SENTENCES = """
Enter your {}
{} is required
Confirm {}
Please enter a valid {}
Invalid {}
Your {} has expired
Forgot {}?
Wrong username or {}
{} must be at least 8 characters
Repeat {}
The {} you entered is incorrect
Reset {}
Show {}
Passwort eingeben
Choose a strong {}
{} does not match
Missing {}
Mot de passe incorrect
{} cannot be blank
Current {}
Enter new {} here
{} updated successfully
Bitte {} bestätigen
Introduzca su {}
"""
_FIELDS = """
{}_confirmation
user.{}.label
txt{}
{}-input
form.{}.required
current_{}
{}Field
input[name={}]
auth.{}.invalid
new_{}
#{}
errors.{}.blank
{}_digest
login.form.{}
confirm-{}
{}-reset
reset_{}_token
encrypted_{}
field-{}
hashed_{}
app.settings.{}
{}_hash
"""
_PLACES = """
/run/secrets/{}
./secrets/{}.txt
config/{}.yml
/etc/{}/key.pem
secrets/{}.json
~/.{}/credentials
/var/lib/{}/token
C:\\\\keys\\\\{}.pem
file:///etc/{}.conf
vault:secret/{}
"""


def _half(items, measured):
    # Every fourth is kept for measuring; the order above has no meaning.
    return [x for i, x in enumerate(items) if (i % 4 == 3) == measured]


class People:
    def __init__(self, seed, measured=False):
        self.random = random.Random(seed)
        self.words = _half(_WORDS, measured)
        self.short = _half(_SHORT, measured)
        self.stand_ins = _half(_STAND_INS, measured)
        self.usual = _half(_USUAL, measured)
        self.owners, self.kinds = _half(_OWNERS, measured), _half(_KINDS, measured)
        self.sentences, self.fields, self.places = (_half(lines.strip().split("\n"), measured) for lines in (_SENTENCES, _FIELDS, _PLACES))

    def _word(self):
        r = self.random
        w = r.choice(self.words if r.random() < 0.8 else self.short)
        return r.choice((w, w, w.capitalize(), w.capitalize(), w.upper() if r.random() < 0.2 else w))

    def _leet(self):
        """A word or two with letters turned to signs; also of words that stand-ins are made of."""
        r = self.random
        one = r.choice((self._word(), self._word(), self._word() + r.choice(("secret", "pass", "admin", "Secret", "Pass"))))
        new = one.translate(r.choice(_LEETS))
        return new + r.choice(("", "", self._tail(), r.choice(_MARKS))) if new != one else new + self._tail()

    def _tail(self):
        r = self.random
        return r.choice((lambda: str(r.randint(1, 99)), lambda: str(r.randint(1960, 2026)), lambda: str(r.randint(100, 9999)),
                         lambda: "123", lambda: "1234", lambda: "12345", lambda: "1"))()

    def password(self):
        r = self.random
        kind = r.random()
        mark = r.choice(_MARKS)
        if kind < 0.28:
            return self._word() + self._tail() + (mark if r.random() < 0.5 else "")
        if kind < 0.42:
            return r.choice((self._word().translate(_LEET), "p@ss" + self._word(), "P@ssw0rd" + self._tail(),
                             self._word() + mark + self._tail(), self._tail() + self._word(), self._leet(), self._leet()))
        if kind < 0.56:
            sign = r.choice(("-", "_", ".", "", " "))
            return sign.join(self._word() for _ in range(r.choice((2, 3, 3, 4))))
        if kind < 0.64:
            return self._word() + self._word() + r.choice(("", self._tail(), mark))
        if kind < 0.72:
            return self._word() + r.choice(self.short) + str(r.randint(0, 99))
        if kind < 0.78:
            keys = ("qwerty", "asdf", "qazwsx", "zxcvbn", "1q2w3e4r", "1qaz2wsx", "123456", "654321", "111222", "q1w2e3")
            return r.choice(keys) + r.choice(("", self._tail(), mark, self._word()))
        if kind < 0.88:
            letters = r.choice(("abcdefghkmnpqrstuvwxyz", "abcdefghkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789",
                                "abcdefghkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789!@#%*"))
            return "".join(r.choice(letters) for _ in range(r.randint(6, 16)))
        if kind < 0.94:
            return r.choice(self.short) + mark + self._word() + mark + self._tail()
        return self._usual() if kind < 0.985 else self._word()

    def _usual(self):
        """`Admin123!`, `RedisPass1`: words of stand-ins, with what only a person adds."""
        r = self.random
        word = r.choice(self.usual)
        front = self._word() + r.choice(("", "", "_", "-")) if r.random() < 0.4 else ""
        return front + word + r.choice(("", "", "@", "!", "#", "_", ".")) + self._tail() + (r.choice(_MARKS) if r.random() < 0.4 else "")

    def stand_in(self):
        r = self.random
        if r.random() < 0.55:
            return r.choice(self.stand_ins)
        return r.choice((self._named, self._named, self._sentence, self._field, self._place))()

    def _named(self):
        """`my-secret-token`, `YOUR_API_KEY_HERE`."""
        r = self.random
        sign = r.choice(("-", "_", "", ""))
        words = [r.choice(self.owners), r.choice(self.kinds)] + ([r.choice(("here", "value", "goes-here"))] if r.random() < 0.2 else [])
        made = sign.join(words)
        if not sign and r.random() < 0.5:
            return words[0] + "".join(one.capitalize() for one in words[1:])
        return r.choice((made, made, made.upper(), f"<{made}>"))

    def _sentence(self):
        """What people read on a screen."""
        return self.random.choice(self.sentences).format(self.random.choice(("password", "Password", "token", "API key", "passphrase")))

    def _field(self):
        """Names of fields, messages, classes."""
        r = self.random
        return r.choice(self.fields).format(r.choice(("password", "passwd", "token", "secret")))

    def _place(self):
        """Where a secret is kept."""
        r = self.random
        return r.choice(self.places).format(r.choice(("password", "db", "token", "api", "app")))
