class Own:
    def __init__(self, *a): pass
    def run(self): return []
