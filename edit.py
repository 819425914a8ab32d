"""edit.py PATH: stdin has blocks  <<<<\nold\n====\nnew\n>>>>  applied to the working file and to the index blob alike."""
import sys,subprocess,re
path=sys.argv[1]
blocks=re.findall(r'<<<<\n(.*?)\n====\n(.*?)\n?>>>>',sys.stdin.read(),re.S)
assert blocks
def ap(t,what):
    for o,n in blocks:
        if t.count(o)!=1: sys.exit(f'{what}: {t.count(o)} matches of: {o[:80]}')
        t=t.replace(o,n)
    return t
w=open(path).read()
i=subprocess.run(['git','show',':'+path],capture_output=True,text=True,check=True).stdout
nw=ap(w,'work'); ni=ap(i,'index')
open(path,'w').write(nw)
h=subprocess.run(['git','hash-object','-w','--stdin'],input=ni,capture_output=True,text=True,check=True).stdout.strip()
mode=subprocess.run(['git','ls-files','-s',path],capture_output=True,text=True).stdout.split()[0]
subprocess.check_call(['git','update-index','--cacheinfo',f'{mode},{h},{path}'])
